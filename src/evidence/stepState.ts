// How each step of a plan stands: proven, ready, or held, and by what.
import { checkKinds } from '../model/checkKinds';
import type { Check, Phase, Step, Verdict } from '../model/plan';
import { phases } from '../model/phases';
import { stepKinds } from '../model/stepKinds';
import { judge } from './judge';
import type { Run } from './runs';
import type { Situation } from './situation';

/** The check that decides, with its verdict; a step or question that holds this one up is named by its id. */
export type StepState =
  | { readonly state: 'done' | 'ready' }
  | { readonly state: 'failed' | 'unknown' | 'blocked' | 'waiting'; readonly check: Check; readonly verdict: Verdict }
  | { readonly state: 'failed' | 'unknown'; readonly run: Run }
  | { readonly state: 'waiting'; readonly needs: string }
  | { readonly state: 'waiting'; readonly question: string }
  /** Another step failed or ended unknown: nothing more on its server, and no further server is begun. */
  | { readonly state: 'blocked'; readonly because: string };

const known = new WeakMap<Situation, ReadonlyMap<string, StepState>>();

/** The states of all steps by id. */
export function statesOf(situation: Situation): ReadonlyMap<string, StepState> {
  const states = known.get(situation) ?? computeStates(situation);
  known.set(situation, states);
  return states;
}

/** A step that is not in the plan is settled, and so done. */
export function stepState(step: Step, situation: Situation): StepState {
  return statesOf(situation).get(step.id) ?? { state: 'done' };
}

interface Placed {
  readonly step: Step;
  readonly phase: Phase;
}

function computeStates(situation: Situation): ReadonlyMap<string, StepState> {
  const placed = situation.plan.phases.flatMap(({ phase, steps }) => steps.map((step): Placed => ({ step, phase })));
  const ended = new Map(placed.map(({ step }) => [step.id, endOf(step, situation)] as const));
  const stopped = placed.filter(({ step }) => !stepKinds[step.kind].retriable && isStopped(ended.get(step.id)));
  return new Map(
    placed.map(({ step, phase }): [string, StepState] => {
      const end = ended.get(step.id);
      // a retriable step reports what blocks it before how it last failed
      const isFinal = end !== undefined && (end.state === 'done' || !stepKinds[step.kind].retriable);
      const held = isFinal ? undefined : heldBy(step, phase, situation, ended, stopped);
      return [step.id, held ?? end ?? { state: 'ready' }];
    }),
  );
}

function isStopped(state: StepState | undefined): boolean {
  return state?.state === 'failed' || state?.state === 'unknown';
}

/** Done, or how its run ended where that still stands; undefined where there is nothing to say yet. */
function endOf(step: Step, { found, rotation, now, runs }: Situation): StepState | undefined {
  const judged = step.after.map((check) => ({ check, verdict: judge(check, found, rotation, now) }));
  const open =
    judged.find(({ verdict }) => verdict.verdict === 'fails') ??
    judged.find(({ verdict }) => verdict.verdict !== 'holds');
  if (open === undefined) return { state: 'done' };
  const run = runs.get(step.id);
  // a snapshot has seen what it left behind: the step begins anew
  if (run === undefined || run.seen) return undefined;
  if (run.outcome === 'failed') return { state: 'failed', run };
  if (run.outcome === 'unknown' || run.outcome === 'running') return { state: 'unknown', run };
  return { state: open.verdict.verdict === 'fails' ? 'failed' : 'unknown', ...open };
}

function heldBy(
  step: Step,
  phase: Phase,
  situation: Situation,
  ended: ReadonlyMap<string, StepState | undefined>,
  stopped: readonly Placed[],
): StepState | undefined {
  const because = stopped.find((other) => stops(other.step, step, situation))?.step.id;
  if (because !== undefined) return { state: 'blocked', because };
  const [question] = situation.plan.questions;
  if (question !== undefined && phases[phase].heldByQuestions && stepKinds[step.kind].repairs !== true) {
    return { state: 'waiting', question: question.id };
  }
  const needs = step.needs.find((id) => ended.has(id) && ended.get(id)?.state !== 'done');
  if (needs !== undefined) return { state: 'waiting', needs };
  const { found, rotation, now } = situation;
  for (const check of stepKinds[step.kind].by === 'nobody' ? step.after : step.before) {
    const verdict = judge(check, found, rotation, now);
    const state = checkKinds[check.check].comesByItself ? 'waiting' : 'blocked';
    if (verdict.verdict !== 'holds') return { state, check, verdict };
  }
  return undefined;
}

/** Invariant 4: nothing changes on a server after one of its steps failed, and no further server is begun. */
function stops(failed: Step, step: Step, { runs, plan }: Situation): boolean {
  const { retriable, repairs } = stepKinds[step.kind];
  if (retriable || repairs === true) return false;
  const { server } = step.target;
  if (server === undefined || failed.target.server === undefined || server === failed.target.server) return true;
  // a step that was run and is settled has begun its server; one that was settled before we came has not
  return ![...plan.phases.flatMap(({ steps }) => steps), ...plan.settled].some(
    (other) => other.target.server === server && !stepKinds[other.kind].retriable && runs.has(other.id),
  );
}
