// A draft that is open, as the step it becomes in the plan.
import type { Step } from '../model/plan';
import { stepKinds } from '../model/stepKinds';
import type { Rotation } from '../model/rotation';
import type { OpenStep } from './draftsOf';
import { scriptPath } from './scriptPath';

/** After a step must hold what it brings about, and what it must leave as it is. */
export function toStep(draft: OpenStep, needs: readonly string[], rotation: Rotation): Step {
  const { id, kind, phase, target, thumbprint, reason, before, proofs, keeps, data } = draft;
  const common = {
    id,
    kind,
    target,
    thumbprint,
    reason,
    needs,
    before,
    after: [...proofs, ...keeps],
    script: stepKinds[kind].by === 'script' ? scriptPath(phase, draft, rotation) : null,
  };
  // each kind's table row makes its own data, which the compiler can't follow through the union
  return Object.assign(common, data) as Step;
}
