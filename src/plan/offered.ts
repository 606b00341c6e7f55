// Which endpoints of a server can be seen, and which of them must present the new certificate.
import type { EndpointKind, Service } from '../model/wanted';
import { receiveTargets } from './connectorTargets';
import type { PlannedServer, Planning } from './planning';

const kinds: readonly EndpointKind[] = ['smtp', 'https', 'imaps', 'pop3s'];
const serviceOf: Readonly<Record<EndpointKind, Service>> = {
  smtp: 'SMTP',
  https: 'IIS',
  imaps: 'IMAP',
  pop3s: 'POP',
};

/** Configured, and not behind a stopped service; one that is not told to run or not counts as offered, so that it is looked at. */
export function offeredEndpoints({ wanted, found }: PlannedServer): readonly EndpointKind[] {
  const stopped: Partial<Record<EndpointKind, boolean>> = {
    imaps: found.row.imap?.running === false,
    pop3s: found.row.pop?.running === false,
  };
  return kinds.filter((kind) => wanted.endpoints[kind] !== 0 && stopped[kind] !== true);
}

/** Offered, and served by something this rotation changes; port 25 only where a receive connector is to carry the certificate. */
export function provingEndpoints(server: PlannedServer, planning: Planning): readonly EndpointKind[] {
  return offeredEndpoints(server).filter(
    (kind) =>
      planning.certificate.services.includes(serviceOf[kind]) &&
      (kind !== 'smtp' || receiveTargets(server, planning).length > 0),
  );
}
