// A snapshot is taken again where the last one did not reach a server of the rotation, or not learn what it must keep.
import type { Check } from '../../model/plan';
import { internalAsBefore, isInternalUntold } from '../internalTransport';
import { changeable } from '../planning';
import type { Kind } from './kind';

export const takeSnapshot: Kind<'take-snapshot'> = {
  drafts: (planning) => {
    const { servers, rotation, baseline, fresh } = planning;
    const untold = changeable(planning).filter((server) => isInternalUntold(server, planning));
    const unreached = servers.filter((server) => !server.isDeferred && !server.found.reached);
    return [
      {
        kind: 'take-snapshot',
        phase: 'check',
        target: {},
        thumbprint: fresh.thumbprint,
        reason: {
          code: 'not-known',
          wanted: [...unreached, ...untold].map(({ name }) => name).join(', ') || rotation.name,
        },
        before: [],
        proofs: [
          { check: 'snapshot-taken', after: baseline.found.taken },
          ...unreached.map(({ name }): Check => ({ check: 'reached', server: name })),
          ...untold.flatMap((server) => internalAsBefore(server, planning)),
        ],
        keeps: [],
        data: {},
        settled: null,
      },
    ];
  },
};
