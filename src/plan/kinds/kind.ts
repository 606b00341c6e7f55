// How a kind of step is planned; what else there is to say of it is its row in `model/stepKinds.ts`.
import type { Thumbprint } from '../../model/names';
import type { Check, Reason, Settled, StepKind, Target } from '../../model/plan';
import type { PhaseOf, StepData } from '../../model/stepKinds';
import type { Planning } from '../planning';

/** A step before it is known whether it is open, and what it needs. */
export interface Draft<K extends StepKind = StepKind> {
  readonly kind: K;
  readonly phase: PhaseOf<K>;
  readonly target: Target;
  readonly thumbprint: Thumbprint;
  readonly reason: Reason;
  readonly before: readonly Check[];
  /** The step is settled when all of these hold; there is always one. */
  readonly proofs: readonly [Check, ...Check[]];
  /** What the step must leave as it is: checked after it, and no reason to run it. */
  readonly keeps: readonly Check[];
  readonly data: StepData[K];
  /** Set where the step is settled whatever its proofs say. */
  readonly settled: NonNullable<Settled['note']> | null;
}

export interface Kind<K extends StepKind> {
  /** One draft for each place where the kind has work, done or not. */
  readonly drafts: (planning: Planning) => readonly Draft<K>[];
}
