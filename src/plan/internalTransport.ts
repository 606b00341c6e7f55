// The internal transport certificate of a server, which a cutover must leave as it was before the rotation.
import type { Check } from '../model/plan';
import { assignable } from './assignable';
import type { PlannedServer, Planning } from './planning';

/** Only the baseline's word counts: what is found may be what an interrupted step of ours left behind. */
export function internalAsBefore(server: PlannedServer, planning: Planning): readonly Check[] {
  const { internalTransport } = server.baseline.row;
  // without SMTP nothing is done that could change it
  return internalTransport === null && !takesSmtpOver(planning)
    ? []
    : [{ check: 'internal-transport', server: server.name, thumbprint: internalTransport }];
}

/** True where a snapshot is still to tell it, before the services of this server may change. */
export function isInternalUntold({ baseline }: PlannedServer, planning: Planning): boolean {
  return baseline.reached && baseline.row.internalTransport === null && takesSmtpOver(planning);
}

function takesSmtpOver({ certificate, fresh }: Planning): boolean {
  return assignable(certificate.services, fresh).includes('SMTP');
}
