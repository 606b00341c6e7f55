// The hybrid configuration is changed by hand, by its own wizard; here it is told what to set, and read back.
import type { ServerName } from '../../model/names';
import { hybridTarget } from '../connectorTargets';
import type { Planning } from '../planning';
import { reasonFor } from '../reasonFor';
import { smtpEnabled } from './cutover';
import type { Kind } from './kind';

export const hybridConfiguration: Kind<'hybrid-configuration'> = {
  drafts: (planning) => {
    const target = hybridTarget(planning);
    if (target === undefined) return [];
    const { thumbprint, tlsCertificateName: to } = planning.fresh;
    const from = target.found ?? target.baseline ?? '';
    const proof = { check: 'hybrid-configuration', tlsCertificateName: to } as const;
    return [
      {
        kind: 'hybrid-configuration',
        phase: 'organization',
        target: {},
        thumbprint,
        reason: reasonFor(proof, to, planning.world),
        // which servers send and receive for it is not told: all of the rotation, deferred ones too, and the others
        before: [...planning.servers, ...servingOthers(planning)].map((server) => smtpEnabled(server, planning)),
        proofs: [proof],
        keeps: [],
        data: { from, to },
        settled: null,
      },
    ];
  },
};

/** Servers outside of the rotation that have the old certificate, or had it at first, or did not tell. */
function servingOthers({ others, baseline, old }: Planning): readonly { readonly name: ServerName }[] {
  return others
    .filter((there) =>
      [there, baseline.server(there.row.name)].some(
        (one) => one !== undefined && one.certificates?.has(old.thumbprint) !== false,
      ),
    )
    .map(({ row }) => row);
}
