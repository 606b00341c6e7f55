// A send connector changes once, for all its source servers: only when each of them has the new certificate with SMTP.
import { sendTargets } from '../connectorTargets';
import { reasonFor } from '../reasonFor';
import type { Kind } from './kind';

export const sendConnector: Kind<'send-connector'> = {
  drafts: (planning) =>
    sendTargets(planning).map(({ name, found, baseline }) => {
      const { thumbprint, tlsCertificateName: to } = planning.fresh;
      const from = found ?? baseline ?? '';
      const target = { connector: name };
      const proof = { check: 'send-connector', ...target, tlsCertificateName: to } as const;
      return {
        kind: 'send-connector',
        phase: 'organization',
        target,
        thumbprint,
        reason: reasonFor(proof, to, planning.world),
        before: [
          { check: 'source-servers-ready', connector: name, thumbprint },
          { ...proof, tlsCertificateName: from },
        ],
        proofs: [proof],
        keeps: [],
        data: { from, to },
        settled: null,
      };
    }),
};
