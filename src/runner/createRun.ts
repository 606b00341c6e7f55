// Runs steps one after another until none may begin, one fails, or one's end is not known.
import { nextSteps, type Scope } from '../evidence/nextSteps';
import { stepState } from '../evidence/stepState';
import type { Step } from '../model/plan';
import type { KnownRotation, RunPort } from './port';
import { mayBegin, readAgain } from './readAgain';
import { runStep, type StepEnd } from './runStep';
import { isStopped, type RunOutcome, type Stop } from './stop';
import { whyNothing } from './whyNothing';

/** Runs what `scope` covers; never rejects for a reason to stop. */
export type RunScope = (scope: Scope) => Promise<RunOutcome>;

/** One run at a time: whoever asks while one is going on is refused. */
export function createRun(port: RunPort): RunScope {
  let running = false;
  return async (scope) => {
    if (running) return { begun: [], stop: { stop: 'already-running' } };
    running = true;
    try {
      const begun: Step[] = [];
      const stop = await runInOrder(port, scope, begun);
      return { begun, stop };
    } finally {
      running = false;
    }
  };
}

async function runInOrder(port: RunPort, scope: Scope, begun: Step[]): Promise<Stop> {
  for (;;) {
    const known = mayBegin(port.rotation.known());
    if ('stop' in known) return known;
    const step = nextSteps(known.situation, scope).find(({ id }) => begun.every((one) => one.id !== id));
    if (step === undefined) return whyNothing(known.situation, scope, begun);
    if (!(await port.confirm(step))) return { stop: 'declined', step };
    const now = await readAgain(port.rotation);
    if ('stop' in now) return now;
    port.progress(step);
    const ended = await runStep(step, port);
    if ('stop' in ended) return ended;
    begun.push(step);
    await port.rotation.publish();
    const stop = stoppedBy(step, ended, port.rotation.known());
    if (stop !== undefined) return stop;
  }
}

/** undefined: the step is done, or fell out of the plan because what it is for holds. */
function stoppedBy(step: Step, { end }: StepEnd, known: KnownRotation | undefined): Stop | undefined {
  const open = known?.situation.plan.phases.flatMap(({ steps }) => steps).find(({ id }) => id === step.id);
  if (known === undefined || open === undefined) return undefined;
  const state = stepState(open, known.situation);
  if (!isStopped(state)) return undefined;
  if (end !== 'result' && end !== 'done-by-us') return { stop: end, step, state };
  return state.state === 'unknown'
    ? { stop: 'outcome-unknown', step, state }
    : { stop: 'step-failed', step, state, error: errorOf(step, known) };
}

function errorOf({ id }: Step, { results }: KnownRotation) {
  return results.findLast(({ step }) => step === id)?.error ?? null;
}
