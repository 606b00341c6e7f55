// What connectors call the certificates of each entry, as they are installed now.
import type { Found } from '../model/found';
import type { TlsCertificateName } from '../model/names';
import type { Wanted } from '../model/wanted';
import { installations, isOf } from './certificatesOf';

export interface CertificateNames {
  /** The entry that a connector's name is of; undefined where it is none's, or none is known to be. */
  entryOf(name: TlsCertificateName): string | undefined;
  /** True when it is known of every installed certificate of the organization whether it is the entry's. */
  isComplete(entry: string): boolean;
}

export function certificateNames(wanted: Wanted, found: Found): CertificateNames {
  const entries = new Map<string, string>();
  const incomplete = new Set<string>();
  const installed = installations(found);
  const allTold = found.servers.every(({ certificates }) => certificates !== null);
  for (const entry of wanted.certificates) {
    const answers = installed.map(({ certificate }) => ({ certificate, is: isOf(entry, certificate) }));
    if (!allTold || answers.some(({ is, certificate }) => is === null || (is && certificate.facts === null))) {
      incomplete.add(entry.name);
    }
    for (const { certificate, is } of answers) {
      if (is === true && certificate.facts !== null) entries.set(key(certificate.facts.tlsCertificateName), entry.name);
    }
  }
  return {
    entryOf: (name) => entries.get(key(name)),
    isComplete: (entry) => !incomplete.has(entry),
  };
}

/** Without regard to case: a reference missed is worse than one too many (docs/facts-exchange.md#name-format). */
function key(name: TlsCertificateName): string {
  return name.toUpperCase();
}
