// What a step's state is told from.
import type { Found } from '../model/found';
import type { Time } from '../model/names';
import type { Plan } from '../model/plan';
import type { Rotation } from '../model/rotation';
import type { Runs } from './runs';

/** Made anew with each change of any of its parts; states are computed once for each. */
export interface Situation {
  readonly plan: Plan;
  readonly found: Found;
  readonly rotation: Rotation;
  readonly now: Time;
  readonly runs: Runs;
}
