// Which steps may run now, in their order.
import type { ServerName } from '../model/names';
import type { Phase, Step } from '../model/plan';
import { stepKinds } from '../model/stepKinds';
import { continueAfterCanary } from '../plan/decisions';
import type { Situation } from './situation';
import { statesOf, stepState } from './stepState';

export type Scope =
  | { readonly scope: 'all' }
  | { readonly scope: 'phase'; readonly phase: Phase; readonly server?: ServerName }
  | { readonly scope: 'step'; readonly id: string };

/**
 * The steps that may begin now. A bulk run takes the first, looks again when it has ended, and stops at the first that
 * failed or ended unknown. A retriable step may be tried again at once; any other after a new snapshot.
 */
export function nextSteps(situation: Situation, scope: Scope): readonly Step[] {
  return situation.plan.phases
    .filter(({ phase, server }) => scope.scope !== 'phase' || (phase === scope.phase && server === scope.server))
    .flatMap(({ steps }) => steps)
    .filter((step) => (scope.scope === 'step' ? step.id === scope.id : !stepKinds[step.kind].confirmed))
    .filter((step) => {
      const { by, retriable } = stepKinds[step.kind];
      if (by === 'nobody') return false;
      const { state } = stepState(step, situation);
      return state === 'ready' || (retriable && (state === 'failed' || state === 'unknown'));
    });
}

/** Whether a step waits for nothing but that a person goes on after the first server. */
export function waitsForContinue(situation: Situation): boolean {
  return [...statesOf(situation).values()].some(
    (state) =>
      state.state === 'waiting' &&
      'check' in state &&
      state.check.check === 'decided' &&
      state.check.question === continueAfterCanary,
  );
}
