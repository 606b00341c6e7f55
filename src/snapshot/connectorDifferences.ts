// Where connectors are not as the configuration wants them, and which it does not mention.
import type { Found, FoundServer } from '../model/found';
import type { SendConnectorRow } from '../model/snapshot';
import type { Wanted, WantedConnector } from '../model/wanted';
import { candidates } from './candidates';
import type { CertificateNames } from './certificateNames';
import { foundServer, identityOf, receiveEntries, receiveRows, sendEntries, sendRows, type ByName } from './connectors';
import type { Difference, Subject } from './difference';

export function* connectorDifferences(wanted: Wanted, found: Found, names: CertificateNames): Iterable<Difference> {
  const rowOf = sendRows(found);
  for (const connector of wanted.connectors.send) yield* sendDifferences(connector, found, rowOf, names);
  // Servers that told nothing are told of themselves.
  const servers = wanted.servers.flatMap((server) => {
    const there = foundServer(found, server);
    return there === undefined || there.receiveConnectors === null ? [] : [{ there, rowOf: receiveRows(there) }];
  });
  for (const connector of wanted.connectors.receive) yield* receiveDifferences(connector, servers, names);
  yield* unmentioned(wanted, found, names);
}

function* sendDifferences(
  connector: WantedConnector,
  found: Found,
  rowOf: ByName<SendConnectorRow>,
  names: CertificateNames,
): Iterable<Difference> {
  const subject: Subject = { kind: 'send-connector', name: connector.name };
  const row = rowOf(connector.name);
  if (row !== undefined) yield* carried(subject, connector, row.tlsCertificateName, names);
  else if (found.sendConnectors === null) yield { code: 'name-not-told', severity: 'warning', subject };
  else {
    const known = found.sendConnectors.map(({ name }) => name);
    yield { code: 'connector-not-found', severity: 'error', subject, candidates: candidates(connector.name, known) };
  }
}

interface ToldServer {
  readonly there: FoundServer;
  readonly rowOf: ReturnType<typeof receiveRows>;
}

function* receiveDifferences(
  connector: WantedConnector,
  servers: readonly ToldServer[],
  names: CertificateNames,
): Iterable<Difference> {
  const told = servers.map(({ there, rowOf }) => ({ there, row: rowOf(identityOf(connector, there.name)) }));
  const nowhere = told.every(({ row }) => row === undefined);
  for (const { there, row } of told) {
    const identity = row?.identity ?? identityOf(connector, there.name);
    const subject: Subject = { kind: 'receive-connector', name: connector.name, server: there.name, identity };
    if (row !== undefined) yield* carried(subject, connector, row.tlsCertificateName, names);
    else {
      // A connector of some servers only is no mistake of the name.
      const severity = nowhere ? 'error' : 'information';
      yield { code: 'connector-not-found', severity, subject, candidates: receiveCandidates(connector, there) };
    }
  }
}

/** Candidates are names as the configuration spells them: the part after the backslash, `{server}` for the server's name. */
function receiveCandidates(connector: WantedConnector, server: FoundServer) {
  const known = server.receiveConnectors?.map(({ identity }) => identity.slice(identity.indexOf('\\') + 1)) ?? [];
  const placeholder = connector.name.includes('{server}');
  return candidates(connector.name.replaceAll('{server}', server.name), known).map(({ name, odd }) => ({
    name: placeholder ? name.replace(server.name, '{server}') : name,
    odd,
  }));
}

/** `value` is the connector's TlsCertificateName: null is not told, "" is none. */
function* carried(
  subject: Subject,
  { certificate }: WantedConnector,
  value: string | null,
  names: CertificateNames,
): Iterable<Difference> {
  if (value === null) yield { code: 'name-not-told', severity: 'warning', subject };
  else if (certificate === null) {
    if (value !== '') yield { code: 'carries-certificate', severity: 'warning', subject, found: value };
  } else if (value === '') yield { code: 'carries-no-certificate', severity: 'warning', subject, certificate };
  else {
    const entry = names.entryOf(value);
    const certain = entry !== undefined || names.isComplete(certificate);
    if (entry !== certificate && certain) {
      yield { code: 'carries-another', severity: 'warning', subject, found: value, certificate };
    }
  }
}

/** A reference that no entry mentions: a rotation asks whether it follows. */
function* unmentioned(wanted: Wanted, found: Found, names: CertificateNames): Iterable<Difference> {
  const sendEntryOf = sendEntries(wanted.connectors.send);
  for (const { name, tlsCertificateName: value } of found.sendConnectors ?? []) {
    const certificate = value === null ? undefined : names.entryOf(value);
    if (value === null || certificate === undefined || sendEntryOf(name) !== undefined) continue;
    const subject: Subject = { kind: 'send-connector', name };
    yield { code: 'not-in-config', severity: 'warning', subject, found: value, certificate };
  }
  for (const { name: server, receiveConnectors } of found.servers) {
    const receiveEntryOf = receiveEntries(wanted.connectors.receive, server);
    for (const { identity, tlsCertificateName: value } of receiveConnectors ?? []) {
      const certificate = value === null ? undefined : names.entryOf(value);
      if (value === null || certificate === undefined || receiveEntryOf(identity) !== undefined) continue;
      const subject: Subject = { kind: 'receive-connector', name: null, server, identity };
      yield { code: 'not-in-config', severity: 'warning', subject, found: value, certificate };
    }
  }
}
