// Which endpoints of a server can be seen, and which of them must present the new certificate.
import { endpointFacts, endpointKinds } from '../model/endpoints';
import type { EndpointKind, Service } from '../model/wanted';
import { receiveTargets } from './connectorTargets';
import type { PlannedServer, Planning } from './planning';

/** Those the configuration has looked at: where it gives no port there is nothing to look at. */
export function configuredEndpoints({ wanted }: PlannedServer): readonly EndpointKind[] {
  return endpointKinds.filter((kind) => wanted.endpoints[kind] !== 0);
}

/** Configured, and not behind a stopped service; one that is not told to run or not counts as offered, so that it is looked at. */
export function offeredEndpoints(server: PlannedServer): readonly EndpointKind[] {
  const { found } = server;
  const stopped: Partial<Record<Service, boolean>> = {
    IMAP: found.row.imap?.running === false,
    POP: found.row.pop?.running === false,
  };
  return configuredEndpoints(server).filter((kind) => {
    const { service } = endpointFacts[kind];
    return service === null || stopped[service] !== true;
  });
}

/** Offered, and served by something this rotation changes; port 25 only where a receive connector is to carry the certificate. */
export function provingEndpoints(server: PlannedServer, planning: Planning): readonly EndpointKind[] {
  return offeredEndpoints(server).filter(
    (kind) =>
      isServed(endpointFacts[kind].service, planning) &&
      (kind !== 'smtp' || receiveTargets(server, planning).length > 0),
  );
}

function isServed(service: Service | null, { certificate }: Planning): boolean {
  return service !== null && certificate.services.includes(service);
}
