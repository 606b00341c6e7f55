// After the send connectors changed, every domain controller must tell the same.
import { hybridTarget, sendTargets } from '../connectorTargets';
import { replication } from '../replication';
import { isSetTo } from '../tlsCertificateName';
import type { Kind } from './kind';

export const waitForReplication: Kind<'wait-for-replication'> = {
  drafts: (planning) => {
    const minutes = planning.wanted.policy.replicationMinutes;
    const { thumbprint, tlsCertificateName } = planning.fresh;
    const hybrid = hybridTarget(planning);
    const targets = [...sendTargets(planning), ...(hybrid === undefined ? [] : [hybrid])];
    const changed = targets.some(({ baseline }) => baseline === null || !isSetTo(baseline, tlsCertificateName));
    return [
      {
        kind: 'wait-for-replication',
        phase: 'organization',
        target: {},
        thumbprint,
        reason: { code: 'always' },
        before: [],
        proofs: [{ check: 'watched', name: replication, minutes }],
        keeps: [],
        data: { minutes },
        settled: !changed ? 'nothing-to-do' : minutes === 0 ? 'not-waited' : null,
      },
    ];
  },
};
