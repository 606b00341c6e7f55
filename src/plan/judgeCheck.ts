// Whether a check holds in what is found: one table, shared by the planner (what is settled) and by evidence (what worked).
import type { Check, Verdict } from '../model/plan';
import { certificateJudges } from './checks/certificateJudges';
import { connectorJudges } from './checks/connectorJudges';
import type { Judges } from './checks/judges';
import { organizationJudges } from './checks/organizationJudges';
import { serverJudges } from './checks/serverJudges';
import type { World } from './view';

const judges: Judges<Check['check']> = {
  ...certificateJudges,
  ...serverJudges,
  ...connectorJudges,
  ...organizationJudges,
};

/** Unknown is never success: a fact that is not told, or was seen before the last change, makes the verdict *unknown*. */
export function judgeCheck(check: Check, world: World): Verdict {
  const judge = judges[check.check] as (check: Check, world: World) => Verdict;
  return judge(check, world);
}
