// Holds what was found against what the configuration wants, before any rotation is thought of.
import type { Found } from '../model/found';
import { sameName } from '../model/names';
import type { Wanted } from '../model/wanted';
import { candidates } from './candidates';
import { certificateNames } from './certificateNames';
import { installations, isOf } from './certificatesOf';
import { connectorDifferences } from './connectorDifferences';
import type { Difference } from './difference';

/** In the order of the configuration; what stands in no entry comes last. Unknown is never told as a difference of fact. */
export function compareWithConfig(wanted: Wanted, found: Found): readonly Difference[] {
  return [
    ...organizationDifferences(wanted, found),
    ...serverDifferences(wanted, found),
    ...certificateDifferences(wanted, found),
    ...connectorDifferences(wanted, found, certificateNames(wanted, found)),
  ];
}

function* organizationDifferences(wanted: Wanted, found: Found): Iterable<Difference> {
  if (sameName(wanted.organization, found.organization)) return;
  const names = { found: found.organization, wanted: wanted.organization };
  yield { code: 'organization-differs', severity: 'error', subject: { kind: 'organization' }, ...names };
}

function* serverDifferences(wanted: Wanted, found: Found): Iterable<Difference> {
  for (const { name, fqdn } of wanted.servers) {
    const subject = { kind: 'server', name } as const;
    const server = found.servers.find((one) => sameName(one.name, name));
    if (server === undefined) {
      const known = found.servers.map((one) => one.name);
      yield { code: 'server-not-found', severity: 'error', subject, candidates: candidates(name, known) };
      continue;
    }
    const { reached } = server;
    if (!reached.exchange || !reached.server) {
      yield { code: 'server-not-reached', severity: 'warning', subject, problem: reached.problem };
    } else if (server.certificates === null) yield { code: 'certificates-not-told', severity: 'warning', subject };
    if (server.fqdn !== '' && !sameName(server.fqdn, fqdn)) {
      yield { code: 'fqdn-differs', severity: 'warning', subject, found: server.fqdn, wanted: fqdn };
    }
  }
  for (const { name } of found.servers) {
    if (wanted.servers.some((server) => sameName(server.name, name))) continue;
    yield { code: 'server-not-in-config', severity: 'information', subject: { kind: 'server', name } };
  }
}

function* certificateDifferences(wanted: Wanted, found: Found): Iterable<Difference> {
  const installed = installations(found);
  const allTold = found.servers.every(({ certificates }) => certificates !== null);
  for (const entry of wanted.certificates) {
    const subject = { kind: 'certificate', name: entry.name, server: null } as const;
    const answers = installed.map(({ certificate }) => ({ is: isOf(entry, certificate), facts: certificate.facts }));
    const own = answers.filter(({ is }) => is === true);
    if (own.length === 0) {
      const certain = allTold && answers.every(({ is }) => is === false);
      if (certain) yield { code: 'certificate-not-installed', severity: 'warning', subject };
      continue;
    }
    const ends = own.flatMap(({ facts }) => facts?.notAfter ?? []).sort();
    const last = ends.at(-1);
    // Times of one form compare as text; the newest of the entry's certificates counts, leftovers do not.
    if (last !== undefined && ends.length === own.length && last < found.taken) {
      yield { code: 'certificate-expired', severity: 'error', subject, notAfter: last };
    }
  }
}
