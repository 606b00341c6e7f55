// IIS is recycled or reset only where the configuration asks for it.
import { changeable } from '../planning';
import { turnOf } from './cutover';
import { installedCheck } from './importCertificate';
import type { Kind } from './kind';

export const recycleIis: Kind<'recycle-iis'> = {
  drafts: (planning) => {
    const how = planning.wanted.policy.iis;
    if (how === 'leave') return [];
    const { thumbprint } = planning.fresh;
    return changeable(planning).map((server) => ({
      kind: 'recycle-iis',
      phase: 'cutover',
      target: { server: server.name },
      thumbprint,
      reason: { code: 'always' },
      before: [...turnOf(server), installedCheck(server, planning)],
      proofs: [{ check: 'services-restarted', server: server.name, services: ['IIS'], thumbprint }],
      keeps: [],
      data: { how },
      settled: null,
    }));
  },
};
