// A send connector is a client, which no probe can see: its proof is a queue that stays clear after it changed.
import { sendTargets } from '../connectorTargets';
import { isSetTo } from '../tlsCertificateName';
import type { Kind } from './kind';

export const watchQueues: Kind<'watch-queues'> = {
  drafts: (planning) => {
    const minutes = planning.wanted.policy.queueMinutes;
    const { thumbprint, tlsCertificateName: to } = planning.fresh;
    return sendTargets(planning).map(({ name, baseline }) => ({
      kind: 'watch-queues',
      phase: 'organization',
      target: { connector: name },
      thumbprint,
      reason: { code: 'always' },
      before: [{ check: 'send-connector', connector: name, tlsCertificateName: to }],
      proofs: [{ check: 'watched', name, minutes }],
      keeps: [],
      data: { minutes },
      settled: baseline !== null && isSetTo(baseline, to) ? 'nothing-to-do' : minutes === 0 ? 'not-waited' : null,
    }));
  },
};
