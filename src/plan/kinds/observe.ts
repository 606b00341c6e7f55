// Between the cutover and the removal some days pass, in which the old certificate is still there to go back to.
import { lastCutover } from '../lastChange';
import type { Kind } from './kind';

export const observe: Kind<'observe'> = {
  drafts: ({ wanted, fresh, world, rotation }) => {
    const days = wanted.policy.observeDays;
    return [
      {
        kind: 'observe',
        phase: 'observe',
        target: {},
        thumbprint: fresh.thumbprint,
        reason: { code: 'always' },
        before: [],
        // counted from the newest believed result of the cutover; without one it can't be said when it ended
        proofs: [{ check: 'days-passed', days, since: lastCutover(world.view, rotation) }],
        keeps: [],
        data: { days },
        settled: days === 0 ? 'not-waited' : null,
      },
    ];
  },
};
