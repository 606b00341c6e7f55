// Which installed certificates are those of an entry of the configuration: the old one, the new one, and leftovers.
import { coversHostname } from '../model/hostnames';
import type { Found, InstalledCertificate } from '../model/found';
import type { ServerName } from '../model/names';
import type { WantedCertificate } from '../model/wanted';

export interface Installation {
  readonly certificate: InstalledCertificate;
  readonly servers: readonly ServerName[];
}

/** Every installed certificate once, with the servers that hold it, in the order found. */
export function installations(found: Found): readonly Installation[] {
  const byThumbprint = new Map<string, { certificate: InstalledCertificate; readonly servers: ServerName[] }>();
  for (const { name, certificates } of found.servers) {
    for (const certificate of certificates ?? []) {
      const known = byThumbprint.get(certificate.thumbprint);
      if (known === undefined) byThumbprint.set(certificate.thumbprint, { certificate, servers: [name] });
      else {
        known.servers.push(name);
        // One server may have told the DER where another did not.
        if (known.certificate.facts === null) known.certificate = certificate;
      }
    }
  }
  return [...byThumbprint.values()];
}

/**
 * Whether `certificate` is one of the entry's: by its thumbprint, or by covering all of the entry's hostnames.
 * null where that can't be told: its DER was not read, or the entry says neither.
 */
export function isOf(entry: WantedCertificate, { thumbprint, facts }: InstalledCertificate): boolean | null {
  if (entry.thumbprint !== null) return entry.thumbprint === thumbprint;
  if (facts === null || entry.hostnames.length === 0) return null;
  // What a server made for itself may carry its own names, and is never rotated by us (docs/facts-exchange.md#built-in-certificates).
  if (facts.isSelfIssued) return false;
  return entry.hostnames.every((hostname) => coversHostname(facts.dnsNames, hostname));
}
