// Whether one check holds, for those who have only what was found and when it is.
import type { Found } from '../model/found';
import type { Time } from '../model/names';
import type { Check, Verdict } from '../model/plan';
import type { Rotation } from '../model/rotation';
import { judgeCheck } from '../plan/judgeCheck';
import { viewOf } from '../plan/view';

/** The planner's own judgement: what it calls settled and what evidence calls proven can't differ. */
export function judge(check: Check, found: Found, rotation: Rotation, now: Time): Verdict {
  return judgeCheck(check, { view: viewOf(found), rotation, now });
}
