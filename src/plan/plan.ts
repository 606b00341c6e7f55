// The planner: wanted, baseline, found and intent in, phases of steps out; the same inputs give the same plan.
import { compareCertificates } from '../model/compareCertificates';
import type { Found } from '../model/found';
import type { Plan } from '../model/plan';
import type { Rotation } from '../model/rotation';
import type { Wanted } from '../model/wanted';
import { classify } from './classify';
import { connectNeeds } from './connectNeeds';
import { draftsOf } from './draftsOf';
import { expectedName, factsOf, freshFacts, makePlanning } from './planning';
import { questionsOf } from './questions';
import { refusalsOf } from './refusals';
import { sequencesOf } from './sequences';
import { isSettled, toSettled } from './settled';
import { toStep } from './toStep';
import { unusableTexts } from './unusableText';

export interface PlanInputs {
  readonly wanted: Wanted;
  /** As it was before the rotation: what to keep and restore comes from here. */
  readonly baseline: Found;
  /** The latest snapshot with newer evidence laid over it. */
  readonly found: Found;
  readonly rotation: Rotation;
  /** Hashes of what the plan was made from, and the time it was made for. */
  readonly inputs: Plan['inputs'];
}

/** A plan that is refused has no step. */
const nothing = { questions: [], phases: [], settled: [] } as const;

/** Pure and total: what stands in the way of a plan is told in `refusals`, and then there are no steps. */
export function plan({ wanted, baseline, found, rotation, inputs }: PlanInputs): Plan {
  const old = factsOf(rotation.from.thumbprint, [baseline, found]);
  const fresh = freshFacts(rotation, [found, baseline]);
  const common = {
    version: 1,
    rotation: rotation.name,
    inputs,
    class: old === undefined ? 'new-name' : classify(old, fresh, expectedName(old.thumbprint, [baseline, found])),
    comparison: old === undefined ? null : compareCertificates(old, rotation.to.certificate),
  } as const;
  const refusals = refusalsOf({ wanted, rotation, baseline, found, now: inputs.now });
  if (refusals.length > 0) return { ...common, ...nothing, refusals };
  const planning = makePlanning(wanted, rotation, baseline, found, inputs.now);
  const sorted = draftsOf(planning);
  const settled = sorted.filter((draft) => isSettled(draft, planning.world));
  const isDone = new Set(settled);
  const sequences = sequencesOf(
    sorted.filter((draft) => !isDone.has(draft)),
    planning,
  );
  const needs = connectNeeds(sequences);
  const phases = sequences.map(({ phase, server, isDeferred, steps }) => ({
    phase,
    ...(server === null ? {} : { server }),
    ...(isDeferred ? ({ deferred: true } as const) : {}),
    steps: steps.map((step) => toStep(step, needs.get(step.id) ?? [], rotation)),
  }));
  const unusable = unusableTexts(
    phases.flatMap(({ steps }) => steps),
    found.domainController,
  );
  if (unusable.length > 0) return { ...common, ...nothing, refusals: unusable };
  return {
    ...common,
    refusals: [],
    questions: questionsOf(planning),
    phases,
    settled: settled.map(toSettled),
  };
}
