// Each receive connector that is to carry the new certificate gets its name, on the server it belongs to.
import { receiveTargets } from '../connectorTargets';
import { changeable } from '../planning';
import { reasonFor } from '../reasonFor';
import { smtpEnabled, turnOf } from './cutover';
import type { Kind } from './kind';

export const receiveConnector: Kind<'receive-connector'> = {
  drafts: (planning) =>
    changeable(planning).flatMap((server) =>
      receiveTargets(server, planning).map(({ name, found, baseline }) => {
        const { thumbprint, tlsCertificateName: to } = planning.fresh;
        const from = found ?? baseline ?? '';
        const target = { server: server.name, connector: name };
        const proof = { check: 'receive-connector', ...target, tlsCertificateName: to } as const;
        return {
          kind: 'receive-connector',
          phase: 'cutover',
          target,
          thumbprint,
          reason: reasonFor(proof, to, planning.world),
          before: [...turnOf(server), smtpEnabled(server, planning), { ...proof, tlsCertificateName: from }],
          proofs: [proof],
          keeps: [],
          data: { from, to },
          settled: null,
        };
      }),
    ),
};
