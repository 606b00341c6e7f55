// What the row of a kind does to its steps: which are offered, which again after a failure, which make a probe too old.
import assert from 'node:assert/strict';
import { nextSteps } from '../../src/evidence/nextSteps';
import type { Situation } from '../../src/evidence/situation';
import type { Check, PlannedPhase, Step, StepKind, Target } from '../../src/model/plan';
import { stepKinds } from '../../src/model/stepKinds';
import { judgeCheck } from '../../src/plan/judgeCheck';
import { stepId } from '../../src/plan/stepId';
import { viewOf } from '../../src/plan/view';
import { a, b, found, inputs, now, observation, planOf, relay, rotation } from '../plan/organization';

const kinds = Object.keys(stepKinds) as readonly StepKind[];

/** A plan of one step, which nothing holds up and nothing proves. */
function alone(kind: StepKind, outcome?: 'failed'): Situation {
  const never: Check = { check: 'snapshot-taken', after: '2027-01-01T00:00:00Z' };
  const step = { kind, id: '3f9a01c2', target: { server: 'SERVER1' }, thumbprint: b.thumbprint };
  const frame = { reason: { code: 'always' }, needs: [], before: [], after: [never], script: null };
  const phases: readonly PlannedPhase[] = [
    { phase: stepKinds[kind].phases[0], steps: [{ ...step, ...frame } as unknown as Step] },
  ];
  return {
    plan: { ...planOf(), questions: [], phases, settled: [] },
    found: found(),
    rotation: rotation(),
    now: inputs.now,
    runs: new Map(outcome === undefined ? [] : [[step.id, { at: '2026-11-22T22:00:00Z', outcome, seen: false }]]),
  };
}

function isOffered(given: Situation, isBulk: boolean): boolean {
  return nextSteps(given, isBulk ? { scope: 'all' } : { scope: 'step', id: '3f9a01c2' }).length > 0;
}

describe('a step that waits for nothing', () => {
  for (const kind of kinds) {
    const { by, confirmed, retriable } = stepKinds[kind];
    it(`${kind}: ${by === 'nobody' ? 'is never offered' : confirmed ? 'is offered on its own only' : 'is offered'}`, () => {
      assert.equal(isOffered(alone(kind), false), by !== 'nobody');
      assert.equal(isOffered(alone(kind), true), by !== 'nobody' && !confirmed);
    });
    it(`${kind}: is ${retriable && by !== 'nobody' ? '' : 'not '}offered again when it failed`, () =>
      assert.equal(isOffered(alone(kind, 'failed'), false), retriable && by !== 'nobody'));
  }
});

describe('a probe proves nothing after a later change', () => {
  const target: Target = { server: 'SERVER2' };
  const internal = found().servers[1]?.internalTransport;
  const changes: readonly [kind: StepKind, target: Target, thumbprint: typeof b.thumbprint | null | undefined][] = [
    ['restore-internal-transport-certificate', target, internal],
    ['enable-services', target, b.thumbprint],
    ['restart-services', target, b.thumbprint],
    ['recycle-iis', target, b.thumbprint],
    ['receive-connector', { ...target, connector: relay }, b.thumbprint],
    ['remove', target, a.thumbprint],
  ];
  for (const [kind, of, thumbprint] of changes) {
    it(`by ${kind}`, () => {
      assert.ok(thumbprint);
      const base = found({ observations: [observation('SERVER2', 'https', b, now)] });
      const verdict = (changed: Readonly<Record<string, string>>): string =>
        judgeCheck(
          { check: 'presents', server: 'SERVER2', endpoint: 'https', thumbprint: b.thumbprint },
          { view: viewOf({ ...base, changed }), rotation: rotation(), now },
        ).verdict;
      assert.equal(verdict({}), 'holds');
      assert.equal(verdict({ [stepId(kind, of, thumbprint)]: '2026-11-22T21:00:01Z' }), 'unknown');
    });
  }
  it('and those are all kinds that change a server for its clients', () => {
    const ofServer = kinds.filter(
      (kind) => !['send-connector', 'organization', null].includes(stepKinds[kind].cutsOver),
    );
    assert.deepEqual([...ofServer].sort(), changes.map(([kind]) => kind).sort());
  });
});
