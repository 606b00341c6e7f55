// The servers of the organization tree: their endpoints, installed certificates and receive connectors.
import { daysUntil } from '../model/expiry';
import type { FoundServer, InstalledCertificate } from '../model/found';
import type { Observation } from '../model/observation';
import { endpointFacts, endpointKinds } from '../model/endpoints';
import type { EndpointKind, WantedServer } from '../model/wanted';
import { receiveConnectorNodes } from './connectorNodes';
import { certificateLabel, node } from './node';
import type { Detail, OrganizationGroup, OrganizationNode } from './organizationNode';
import type { TreeView } from './treeView';

export function serversNode(view: TreeView): OrganizationGroup {
  const { wanted, found } = view;
  const known = new Set(wanted.servers.map(({ name }) => name.toUpperCase()));
  const others = found?.servers.filter(({ name }) => !known.has(name.toUpperCase())) ?? [];
  const group = node('servers', 'servers', '', {
    details: [{ code: 'count', count: wanted.servers.length + others.length }],
    differences: view.differencesOf({ kind: 'organization' }),
  });
  function* children(): Iterable<OrganizationNode> {
    for (const server of wanted.servers) yield serverNode(view, server.name, server, view.foundServer(server.name));
    for (const server of others) yield serverNode(view, server.name, undefined, server);
  }
  return { ...group, children: { [Symbol.iterator]: () => children()[Symbol.iterator]() } };
}

function serverNode(
  view: TreeView,
  name: string,
  wanted: WantedServer | undefined,
  found: FoundServer | undefined,
): OrganizationNode {
  const id = `server:${name.toUpperCase()}`;
  return node(id, 'server', name, {
    details: [...serverDetails(view, wanted, found)],
    differences: view.differencesOf({ kind: 'server', name }),
    children: [
      ...(wanted === undefined ? [] : endpointNodes(view, id, wanted, found)),
      ...(found?.certificates ?? []).map((certificate) => installedNode(view, id, name, certificate)),
      ...receiveConnectorNodes(view, id, name, wanted !== undefined, found),
    ],
  });
}

function* serverDetails(
  { found: looked }: TreeView,
  wanted: WantedServer | undefined,
  found: FoundServer | undefined,
): Iterable<Detail> {
  if (found === undefined) {
    yield looked === null ? { code: 'not-looked' } : { code: 'not-found' };
    return;
  }
  if (!found.reached.exchange || !found.reached.server) yield { code: 'not-reached', problem: found.reached.problem };
  if (found.exchange !== null) yield { code: 'exchange', version: found.exchange };
  if (found.windows !== null) yield { code: 'windows', version: found.windows };
  if (wanted === undefined) yield { code: 'not-in-config' };
}

function endpointNodes(view: TreeView, id: string, server: WantedServer, found: FoundServer | undefined) {
  return endpointKinds
    .filter((endpoint) => server.endpoints[endpoint] !== 0)
    .map((endpoint) => {
      const port = server.endpoints[endpoint];
      const seen = view.observationOf(server.name, endpointFacts[endpoint].protocol, port);
      // Only what was presented is proven; what came before a failure is not judged.
      const certificate = seen?.outcome === 'presented' ? seen.certificate : null;
      // what is narrow shows the first of them only: what was seen says more than where
      const details: readonly Detail[] = [
        ...(isStopped(endpoint, found) ? [{ code: 'stopped' } as const] : []),
        ...(seen === undefined ? [] : [probed(seen)]),
        ...(certificate === null ? [] : [{ code: 'expires', notAfter: certificate.notAfter } as const]),
        { code: 'address', host: server.address, port },
        ...(certificate === null ? [] : [{ code: 'thumbprint', thumbprint: certificate.thumbprint } as const]),
      ];
      return node(`${id}/endpoint:${endpoint}`, 'endpoint', endpoint, {
        endpoint,
        thumbprint: certificate?.thumbprint ?? null,
        details,
        expiresInDays: certificate === null ? null : daysUntil(certificate.notAfter, view.now),
      });
    });
}

function probed({ outcome, at, detail }: Observation): Detail {
  return { code: 'probed', outcome, at, detail };
}

/** Known to be stopped: not told is not stopped. */
function isStopped(endpoint: EndpointKind, found: FoundServer | undefined): boolean {
  const { service } = endpointFacts[endpoint];
  if (service === 'IMAP') return found?.imap?.running === false;
  return service === 'POP' && found?.pop?.running === false;
}

function installedNode(
  { usesOf, now }: TreeView,
  id: string,
  server: string,
  { thumbprint, friendlyName, facts }: InstalledCertificate,
): OrganizationNode {
  const label = certificateLabel(friendlyName, facts, thumbprint);
  return node(`${id}/certificate:${thumbprint}`, 'installed-certificate', label, {
    thumbprint,
    details: [
      facts === null ? { code: 'not-told' } : { code: 'expires', notAfter: facts.notAfter },
      ...(usesOf === undefined ? [] : [{ code: 'uses', uses: usesOf(server, thumbprint) } as const]),
      { code: 'thumbprint', thumbprint },
    ],
    expiresInDays: facts === null ? null : daysUntil(facts.notAfter, now),
  });
}
