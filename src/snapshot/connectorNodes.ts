// The connectors of the organization tree: those of the configuration in its order, then the others found.
import type { FoundServer } from '../model/found';
import type { WantedConnector } from '../model/wanted';
import { identityOf, receiveEntries, receiveRows, sendEntries, sendRows } from './connectors';
import { node } from './node';
import type { Detail, OrganizationNode } from './organizationNode';
import type { TreeView } from './treeView';

/** What both kinds of connector rows tell of the certificate. */
interface Row {
  readonly enabled: boolean | null;
  readonly tlsCertificateName: string | null;
}

export function sendConnectorsNode(view: TreeView): OrganizationNode {
  const { wanted, found } = view;
  const rowOf = found === null ? undefined : sendRows(found);
  const entryOf = sendEntries(wanted.connectors.send);
  const rows = found?.sendConnectors ?? [];
  const told = found !== null && found.sendConnectors !== null;
  const sendNode = (name: string, entry: WantedConnector | undefined, row: Row | undefined) =>
    node(`send-connector:${name.toUpperCase()}`, 'send-connector', name, {
      details: [...connectorDetails(entry, row, found === null ? 'not-looked' : told ? 'not-found' : 'not-told')],
      differences: view.differencesOf({ kind: 'send-connector', name }),
    });
  const children = [
    ...wanted.connectors.send.map((entry) => sendNode(entry.name, entry, rowOf?.(entry.name))),
    ...rows.filter(({ name }) => entryOf(name) === undefined).map((row) => sendNode(row.name, undefined, row)),
  ];
  return node('send-connectors', 'send-connectors', '', {
    details: [{ code: 'count', count: children.length }],
    children,
  });
}

/** Those of one server; `inConfig` is false for a server that the configuration does not name: nothing is wanted there. */
export function receiveConnectorNodes(
  view: TreeView,
  id: string,
  server: string,
  inConfig: boolean,
  found: FoundServer | undefined,
): readonly OrganizationNode[] {
  const entries = inConfig ? view.wanted.connectors.receive : [];
  const rowOf = found === undefined ? undefined : receiveRows(found);
  const entryOf = receiveEntries(entries, server);
  const missing =
    view.found === null ? 'not-looked' : (found?.receiveConnectors ?? null) === null ? 'not-told' : 'not-found';
  const receiveNode = (identity: string, entry: WantedConnector | undefined, row: Row | undefined) =>
    node(
      `${id}/receive-connector:${identity.toUpperCase()}`,
      'receive-connector',
      identity.slice(identity.indexOf('\\') + 1),
      {
        details: [...connectorDetails(entry, row, missing)],
        differences: view.differencesOf({ kind: 'receive-connector', name: entry?.name ?? null, server, identity }),
      },
    );
  return [
    ...entries.map((entry) => {
      const row = rowOf?.(identityOf(entry, server));
      return receiveNode(row?.identity ?? identityOf(entry, server), entry, row);
    }),
    ...(found?.receiveConnectors ?? [])
      .filter(({ identity }) => entryOf(identity) === undefined)
      .map((row) => receiveNode(row.identity, undefined, row)),
  ];
}

function* connectorDetails(
  entry: WantedConnector | undefined,
  row: Row | undefined,
  missing: 'not-looked' | 'not-told' | 'not-found',
): Iterable<Detail> {
  if (entry === undefined) yield { code: 'not-in-config' };
  else if (entry.certificate === null) yield { code: 'wants-none' };
  else yield { code: 'wants-certificate', certificate: entry.certificate };
  if (row === undefined) {
    yield { code: missing };
    return;
  }
  if (row.tlsCertificateName === null) yield { code: 'not-told' };
  else if (row.tlsCertificateName === '') yield { code: 'carries-none' };
  else yield { code: 'carries', tlsCertificateName: row.tlsCertificateName };
  if (row.enabled === false) yield { code: 'disabled' };
}
