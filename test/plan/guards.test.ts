// What stands before each dangerous change, asked of the plan itself: a check that is not in the plan guards nothing.
import assert from 'node:assert/strict';
import type { Check, Step, StepKind } from '../../src/model/plan';
import type { CheckOf } from '../../src/plan/checks/judges';
import { judgeCheck } from '../../src/plan/judgeCheck';
import { viewOf } from '../../src/plan/view';
import { a, b, followed, found, now, planOf, rotation, stepsOf } from './organization';

const intent = rotation({ decisions: followed });
const steps = stepsOf(planOf({ rotation: intent }));

function each(kind: StepKind, claim: (step: Step) => void): void {
  const of = steps.filter((step) => step.kind === kind);
  assert.ok(of.length > 0, `the plan has ${kind}`);
  of.forEach(claim);
}

function before(step: Step, check: Check['check']): Check {
  const there = step.before.find((one) => one.check === check);
  assert.ok(there, `${step.id} begins without ${check}`);
  return there;
}

describe('the guards in a plan', () => {
  it('a removal asks of its server whether anything uses the old certificate, which now fails', () => {
    each('remove', (step) => {
      const guard = before(step, 'unused');
      const { check, server, thumbprint } = guard as CheckOf<'unused'>;
      assert.deepEqual([check, server, thumbprint], ['unused', step.target.server, a.thumbprint]);
      assert.equal(judgeCheck(guard, { view: viewOf(found()), rotation: intent, now }).verdict, 'fails');
    });
  });

  it('a removal asks for the new certificate and for a way back', () => {
    each('remove', (step) => {
      before(step, 'certificate-installed');
      before(step, 'backup-verified');
    });
  });

  it('a send connector asks whether every source server has the new certificate, which now fails', () => {
    each('send-connector', (step) => {
      const guard = before(step, 'source-servers-ready');
      assert.deepEqual(guard, {
        check: 'source-servers-ready',
        connector: step.target.connector,
        thumbprint: b.thumbprint,
      });
      assert.equal(judgeCheck(guard, { view: viewOf(found()), rotation: intent, now }).verdict, 'fails');
    });
  });

  it('enabling asks for the new certificate and holds the internal transport certificate, before and after', () => {
    each('enable-services', (step) => {
      before(step, 'certificate-installed');
      before(step, 'internal-transport');
      assert.ok(step.after.some((one) => one.check === 'internal-transport'));
    });
  });
});
