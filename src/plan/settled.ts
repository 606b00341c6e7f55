// Whether a step has nothing left to do, by the same judgement that says afterwards whether it worked.
import type { Settled } from '../model/plan';
import type { OpenStep } from './draftsOf';
import { judgeCheck } from './judgeCheck';
import type { World } from './view';

/** Settled by the configuration, or because everything it must bring about holds; unknown is never enough. */
export function isSettled({ settled, proofs }: OpenStep, world: World): boolean {
  return settled !== null || proofs.every((check) => judgeCheck(check, world).verdict === 'holds');
}

export function toSettled({ id, phase, kind, target, proofs, settled }: OpenStep): Settled {
  return { id, phase, kind, target, check: proofs[0], ...(settled === null ? {} : { note: settled }) };
}
