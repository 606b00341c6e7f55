// Why no step may begin: what the first open one waits for.
import type { Scope } from '../evidence/nextSteps';
import type { Situation } from '../evidence/situation';
import { stepState } from '../evidence/stepState';
import type { Check, Step } from '../model/plan';
import { continueAfterCanary } from '../plan/decisions';
import { isStopped, type Stop } from './stop';

/** For a scope in which `nextSteps` finds none but those in `begun`. */
export function whyNothing(situation: Situation, scope: Scope, begun: readonly Step[]): Stop {
  for (const { phase, server, steps } of situation.plan.phases) {
    if (scope.scope === 'phase' && (phase !== scope.phase || server !== scope.server)) continue;
    for (const step of steps) {
      if (scope.scope === 'step' && step.id !== scope.id) continue;
      const stop = heldBy(step, situation, begun);
      if (stop !== undefined) return stop;
    }
  }
  return { stop: 'nothing-to-do' };
}

/** undefined for one that is done. */
function heldBy(step: Step, situation: Situation, begun: readonly Step[]): Stop | undefined {
  const state = stepState(step, situation);
  if (state.state === 'done') return undefined;
  if (state.state === 'ready') {
    return { stop: begun.some(({ id }) => id === step.id) ? 'begun-once' : 'only-by-itself', step };
  }
  if ('needs' in state) return { stop: 'waits-for-step', step, needs: state.needs };
  if ('question' in state) return { stop: 'waits-for-question', step, question: state.question };
  if ('because' in state) return { stop: 'blocked-by-step', step, because: state.because };
  if (isStopped(state)) return { stop: 'stopped-before', step, state };
  if (!('check' in state)) return undefined;
  const { check, verdict } = state;
  if (state.state === 'blocked') return { stop: 'blocked-by-check', step, check, verdict };
  return { stop: isContinue(check) ? 'waits-for-continue' : 'waits-for-check', step, check, verdict };
}

function isContinue(check: Check): boolean {
  return check.check === 'decided' && check.question === continueAfterCanary;
}
