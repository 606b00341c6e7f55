// Servers outside of the rotation that still have the old certificate: nothing is done there, and the end is not claimed.
import type { Check } from '../../model/plan';
import { judgeCheck } from '../judgeCheck';
import type { Kind } from './kind';

export const otherServers: Kind<'other-servers'> = {
  drafts: ({ others, old, world }) => {
    const { thumbprint } = old;
    const checks = others.map(({ row }) => ({ check: 'certificate-absent', server: row.name, thumbprint }) as const);
    const [first, ...more] = checks.filter((check) => judgeCheck(check, world).verdict !== 'holds');
    if (first === undefined) return [];
    const left: readonly [Check, ...Check[]] = [first, ...more];
    return [
      {
        kind: 'other-servers',
        phase: 'remove',
        target: {},
        thumbprint,
        reason: { code: 'outside-of-the-rotation', servers: [first, ...more].map(({ server }) => server) },
        // what proves it holds it up too: it is never run, and ends when another rotation has been there
        before: left,
        proofs: left,
        keeps: [],
        data: {},
        settled: null,
      },
    ];
  },
};
