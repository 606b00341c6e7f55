// The new certificate takes the services of a server over; the internal transport and the back end keep theirs.
import type { Check } from '../../model/plan';
import { assignable } from '../assignable';
import { bindingsOf, mainBindings } from '../bindings';
import { internalAsBefore } from '../internalTransport';
import { changeable, type PlannedServer } from '../planning';
import { reasonFor } from '../reasonFor';
import { turnOf } from './cutover';
import { installedCheck } from './importCertificate';
import type { Kind } from './kind';

export const enableServices: Kind<'enable-services'> = {
  drafts: (planning) => {
    const { fresh, world, wanted } = planning;
    const { thumbprint } = fresh;
    const services = assignable(planning.certificate.services, fresh);
    if (services.length === 0) return [];
    return changeable(planning).map((server) => {
      const target = { server: server.name };
      const enabled: Check = { check: 'services-enabled', ...target, thumbprint, services };
      const binding: Check = { check: 'binding', ...target, port: 443, thumbprint };
      const rows = bindingsOf(server.baseline, 443);
      const front = rows && mainBindings(rows);
      return {
        kind: 'enable-services',
        phase: 'cutover',
        target,
        thumbprint,
        reason: reasonFor(services.includes('IIS') ? binding : enabled, thumbprint, world),
        before: [...turnOf(server), installedCheck(server, planning), ...internalAsBefore(server, planning)],
        proofs: [enabled, ...(services.includes('IIS') ? [binding] : [])],
        keeps: [...internalAsBefore(server, planning), ...backEndAsBefore(server)],
        data: {
          services,
          internalTransport: server.baseline.row.internalTransport,
          policy: wanted.policy.internalTransportCertificate,
          // where it is not known that the site requires SSL it is left as it is
          requireSsl: front?.some((row) => row.requireSsl === true) ?? false,
          seconds: wanted.policy.internalCertificateSeconds,
        },
        settled: null,
      };
    });
  },
};

function backEndAsBefore({ name, baseline }: PlannedServer): readonly Check[] {
  const thumbprint = bindingsOf(baseline, 444)?.[0]?.httpSys ?? null;
  return thumbprint === null ? [] : [{ check: 'binding', server: name, port: 444, thumbprint }];
}
