// The new certificate is imported on each server, from the converted copy where its Windows can't open the original.
import type { Check, Reason } from '../../model/plan';
import { changeable, type PlannedServer, type Planning } from '../planning';
import { readsPfx } from '../readsPfx';
import { reasonFor } from '../reasonFor';
import type { Kind } from './kind';

export const importCertificate: Kind<'import'> = {
  drafts: (planning) =>
    changeable(planning).map((server) => {
      const { name } = server;
      const { fresh, world, wanted } = planning;
      const installed = installedCheck(server, planning);
      const converted = needsCopy(server, planning);
      return {
        kind: 'import',
        phase: 'stage',
        target: { server: name },
        thumbprint: fresh.thumbprint,
        reason: converted ? copyReason(planning) : reasonFor(installed, fresh.thumbprint, world),
        before: [
          { check: 'reached', server: name },
          { check: 'certificate-absent', server: name, thumbprint: fresh.thumbprint },
          ...(converted ? [{ check: 'copy-present', thumbprint: fresh.thumbprint } as const] : []),
        ],
        proofs: [installed],
        keeps: [],
        data: { source: converted ? 'converted' : 'original', by: wanted.policy.import },
        settled: null,
      };
    }),
};

/** Its key must lie with a cryptographic service provider: OWA and ECP fail with any other (docs/facts-exchange.md#key-provider). */
export function installedCheck({ name }: PlannedServer, { fresh }: Planning): Check {
  return {
    check: 'certificate-installed',
    server: name,
    thumbprint: fresh.thumbprint,
    privateKey: true,
    provider: 'csp',
  };
}

export function needsCopy({ found }: PlannedServer, planning: Planning): boolean {
  return planning.needsCopy || !readsPfx(found.row.windows, planning.rotation.to.pfx.importsOn);
}

/** Why the copy is made and imported instead of the PFX. */
export function copyReason({ needsCopy: isForced }: Planning): Reason {
  return isForced ? { code: 'key-storage-provider' } : { code: 'pfx-unreadable-on', windows: '2016' };
}
