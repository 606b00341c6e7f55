// A snapshot is taken again where a server of the rotation was not reached by the last one.
import type { Check } from '../../model/plan';
import type { Kind } from './kind';

export const takeSnapshot: Kind<'take-snapshot'> = {
  hasScript: true,
  drafts: ({ servers, rotation, baseline, fresh }) => {
    const unreached = servers.filter((server) => !server.isDeferred && !server.found.reached);
    return [
      {
        kind: 'take-snapshot',
        phase: 'check',
        target: {},
        thumbprint: fresh.thumbprint,
        reason: { code: 'not-known', wanted: unreached.map(({ name }) => name).join(', ') || rotation.name },
        before: [],
        proofs: [
          { check: 'snapshot-taken', after: baseline.found.taken },
          ...unreached.map(({ name }): Check => ({ check: 'reached', server: name })),
        ],
        keeps: [],
        undo: null,
        data: {},
        settled: null,
      },
    ];
  },
};
