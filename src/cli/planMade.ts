// A plan and the intent it was made for, as both ways of the command hand it back.
import type { Plan } from '../model/plan';
import type { Rotation } from '../model/rotation';

export interface PlanMade {
  readonly plan: Plan;
  readonly rotation: Rotation;
  /** The files, and lines of the journal, that were not used, each with why. */
  readonly passedOver: readonly string[];
}
