// Why a step is there, from the verdict on what it must bring about.
import type { Check, Reason } from '../model/plan';
import { judgeCheck } from './judgeCheck';
import type { World } from './view';

/** `differs` with what was found, `not-known` where it is not told, `missing` where nothing is there yet. */
export function reasonFor(check: Check, wanted: string, world: World): Reason {
  const verdict = judgeCheck(check, world);
  if (verdict.verdict === 'unknown') return { code: 'not-known', wanted };
  if (verdict.verdict === 'holds') return { code: 'always' };
  return verdict.found === '' || verdict.found === 'absent'
    ? { code: 'missing' }
    : { code: 'differs', found: verdict.found, wanted };
}
