// Which endpoints of a server can be seen, and which of them must present the new certificate.
import { endpointFacts, endpointKinds } from '../model/endpoints';
import type { EndpointKind, Service } from '../model/wanted';
import { receiveTargets } from './connectorTargets';
import type { PlannedServer, Planning } from './planning';

/** Configured, and not behind a stopped service; one that is not told to run or not counts as offered, so that it is looked at. */
export function offeredEndpoints({ wanted, found }: PlannedServer): readonly EndpointKind[] {
  const stopped: Partial<Record<Service, boolean>> = {
    IMAP: found.row.imap?.running === false,
    POP: found.row.pop?.running === false,
  };
  return endpointKinds.filter((kind) => {
    const { service } = endpointFacts[kind];
    return wanted.endpoints[kind] !== 0 && (service === null || stopped[service] !== true);
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
