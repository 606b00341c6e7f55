// What there is to say about a kind of step: where it stands, whether it has a script, and how it is planned.
import type { Thumbprint } from '../../model/names';
import type { Check, Phase, Reason, Settled, Step, StepKind, Target, Undo } from '../../model/plan';
import type { Planning } from '../planning';

type Common = 'id' | 'kind' | 'target' | 'thumbprint' | 'reason' | 'needs' | 'before' | 'after' | 'undo' | 'script';

export type StepOf<K extends StepKind> = Extract<Step, { readonly kind: K }>;

/** A step before it is known whether it is open, and what it needs. */
export interface Draft<K extends StepKind = StepKind> {
  readonly kind: K;
  readonly phase: Phase;
  readonly target: Target;
  readonly thumbprint: Thumbprint;
  readonly reason: Reason;
  readonly before: readonly Check[];
  /** The step is settled when all of these hold; there is always one. */
  readonly proofs: readonly [Check, ...Check[]];
  /** What the step must leave as it is: checked after it, and no reason to run it. */
  readonly keeps: readonly Check[];
  readonly undo: Undo | null;
  readonly data: Omit<StepOf<K>, Common>;
  /** Set where the step is settled whatever its proofs say. */
  readonly settled: NonNullable<Settled['note']> | null;
}

export interface Kind<K extends StepKind> {
  /** False: a person or the extension does it. */
  readonly hasScript: boolean;
  /** One draft for each place where the kind has work, done or not. */
  readonly drafts: (planning: Planning) => readonly Draft<K>[];
}
