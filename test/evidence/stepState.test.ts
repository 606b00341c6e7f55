// How steps stand and which may run: waiting, held, failed, and the second story of the issue in pure form.
import assert from 'node:assert/strict';
import { nextSteps, waitsForContinue, type Scope } from '../../src/evidence/nextSteps';
import type { Run, Runs } from '../../src/evidence/runs';
import type { Situation } from '../../src/evidence/situation';
import { stepState, type StepState } from '../../src/evidence/stepState';
import type { Found } from '../../src/model/found';
import type { Step, StepKind } from '../../src/model/plan';
import type { Decision } from '../../src/model/rotation';
import { plan } from '../../src/plan/plan';
import {
  a,
  b,
  decided,
  followed,
  found,
  inputs,
  installed,
  now,
  outbound,
  rotation,
  stepOf,
  unreached,
  wanted,
  withPolicy,
  withServer,
} from '../plan/organization';
import { apply, type Model, snapshot, timeOf } from '../plan/simulate';

interface Given {
  readonly found?: Found;
  readonly baseline?: Found;
  readonly decisions?: readonly Decision[];
  readonly runs?: Runs;
  readonly days?: number;
  readonly at?: string;
}

function situation({
  found: of = found(),
  baseline = found(),
  decisions = followed,
  runs = new Map(),
  days = 0,
  at = now,
}: Given = {}): Situation {
  const intent = rotation({ decisions });
  const made = plan({
    wanted: withPolicy(wanted(), { observeDays: days }),
    baseline,
    found: of,
    rotation: intent,
    inputs: { ...inputs, now: at },
  });
  return { plan: made, found: of, rotation: intent, now: at, runs };
}

function stateOf(given: Situation, kind: StepKind, where?: string): StepState | undefined {
  const step = stepOf(given.plan, kind, where);
  return step === undefined ? undefined : stepState(step, given);
}

function kinds(given: Situation, scope: Scope = { scope: 'all' }): readonly string[] {
  return nextSteps(given, scope).map(({ kind, target }) => `${kind} ${target.server ?? target.connector ?? ''}`.trim());
}

/** Runs everything that may run, the removal included, until nothing may; `skip` leaves kinds out. */
function runAll(
  model: Model,
  given: Omit<Given, 'found'>,
  skip: readonly StepKind[] = [],
): { model: Model; runs: Runs; done: readonly Step[] } {
  const runs = new Map<string, Run>(given.runs);
  const done: Step[] = [];
  for (let left = 200; left > 0; left -= 1) {
    const now_ = situation({ ...given, found: model.found, runs, at: timeOf(model.clock) });
    const [next] = now_.plan.phases
      .flatMap(({ steps }) => steps)
      .filter(({ id, kind }) => !skip.includes(kind) && nextSteps(now_, { scope: 'step', id }).length > 0);
    if (next === undefined) return { model, runs, done };
    model = apply(model, next);
    runs.set(next.id, { at: timeOf(model.clock), outcome: 'done', seen: false });
    done.push(next);
  }
  throw new Error('it does not end');
}

function begin(of: Found): Model {
  const loaded = of.servers.flatMap(({ name }) => [
    [`${name} imaps`, a.thumbprint],
    [`${name} pop3s`, a.thumbprint],
  ]);
  return { found: of, fresh: b, presented: Object.fromEntries(loaded) as Model['presented'], clock: 0 };
}

describe('the state of a step', () => {
  it('is ready where nothing is needed and everything before it holds', () => {
    assert.deepEqual(stateOf(situation(), 'back-up', 'SERVER1'), { state: 'ready' });
  });

  it('is waiting for the step it needs', () => {
    const given = situation();
    assert.deepEqual(stateOf(given, 'import', 'SERVER1'), {
      state: 'waiting',
      needs: stepOf(given.plan, 'back-up', 'SERVER1')?.id,
    });
  });

  it('is waiting for an open question from the cutover on, while staging goes on', () => {
    const given = situation({ decisions: [] });
    assert.deepEqual(stateOf(given, 'back-up', 'SERVER1'), { state: 'ready' });
    for (const kind of ['enable-services', 'send-connector', 'remove'] as const) {
      const state = stateOf(given, kind);
      assert.equal(
        state?.state === 'waiting' && 'question' in state && state.question,
        given.plan.questions[0]?.id,
        kind,
      );
    }
  });

  it('is waiting for Continue after the first server', () => {
    const decisions = decided({ 'follow:receive-connector:SERVER2\\Relay SERVER2': 'leave', 'follow:hybrid': 'leave' });
    const { model, runs } = runAll(begin(found()), { decisions });
    const state = stateOf(situation({ found: model.found, decisions, runs }), 'enable-services', 'SERVER2');
    assert.ok(state?.state === 'waiting' && 'check' in state && state.check.check === 'decided', JSON.stringify(state));
  });

  it('is waiting for the days to pass, and then lets the removal begin', () => {
    const { model, runs } = runAll(begin(found()), { days: 3 });
    const later = (seconds: number): Situation =>
      situation({ found: model.found, runs, days: 3, at: timeOf(model.clock + seconds) });
    const early = stateOf(later(60), 'observe');
    assert.ok(early?.state === 'waiting' && 'check' in early && early.check.check === 'days-passed');
    assert.equal(stateOf(later(60), 'remove', 'SERVER1')?.state, 'waiting');
    assert.equal(stateOf(later(3 * 86_400), 'observe'), undefined);
    assert.equal(stateOf(later(3 * 86_400), 'remove', 'SERVER1')?.state, 'ready');
  });

  const ends: readonly [Run['outcome'], StepState['state']][] = [
    ['failed', 'failed'],
    ['unknown', 'unknown'],
    ['running', 'unknown'],
  ];
  for (const [outcome, state] of ends) {
    it(`is ${state} after a run that ended ${outcome}, until a new snapshot`, () => {
      const staged = runAll(begin(found()), {}, ['import', 'probe']).model.found;
      const first = situation({ found: staged });
      const id = stepOf(first.plan, 'import', 'SERVER1')?.id ?? '';
      const run: Run = { at: '2026-11-22T22:00:00Z', outcome, seen: false };
      const runs = new Map([[id, run]]);
      assert.equal(stateOf(situation({ found: staged, runs }), 'import', 'SERVER1')?.state, state);
      assert.deepEqual(kinds(situation({ found: staged, runs }), { scope: 'step', id }), []);
      const anew = situation({ found: staged, runs: new Map([[id, { ...run, seen: true }]]) });
      assert.equal(stateOf(anew, 'import', 'SERVER1')?.state, 'ready');
    });
  }

  it('is failed where the run said done and the check says otherwise', () => {
    const given = situation();
    const id = stepOf(given.plan, 'back-up', 'SERVER1')?.id ?? '';
    const runs = new Map<string, Run>([[id, { at: '2026-11-22T22:00:00Z', outcome: 'done', seen: false }]]);
    assert.equal(stateOf(situation({ runs }), 'back-up', 'SERVER1')?.state, 'failed');
  });
});

describe('after a failed step', () => {
  const staged = runAll(begin(found()), {}, ['import', 'probe']).model.found;
  const imports = situation({ found: staged });
  const failedRun = new Map<string, Run>([
    [
      stepOf(imports.plan, 'import', 'SERVER2')?.id ?? '',
      { at: '2026-11-22T22:00:00Z', outcome: 'failed', seen: false },
    ],
  ]);
  const given = situation({ found: staged, runs: failedRun });

  it('nothing changes on its server, and no further server is begun', () => {
    assert.equal(stateOf(given, 'import', 'SERVER1')?.state, 'blocked');
    assert.equal(stateOf(given, 'import', 'SERVER3')?.state, 'blocked');
    assert.deepEqual(
      kinds(given).filter((one) => one.startsWith('import')),
      [],
    );
  });

  it('a server that had the certificate before we came is not begun either', () => {
    const there = withServer(staged, 'SERVER3', (row) => ({
      certificates: [...(row.certificates ?? []), installed(b)],
    }));
    const here = situation({ found: there, runs: failedRun });
    assert.ok(here.plan.settled.some(({ kind, target }) => kind === 'import' && target.server === 'SERVER3'));
    assert.deepEqual(
      kinds(here).filter((one) => one.endsWith('SERVER3') && !/^(probe|back-up)/.test(one)),
      [],
    );
  });

  it('a server that was begun goes on, and what only reads is tried again', () => {
    const begun = new Map([
      ...failedRun,
      [
        stepOf(imports.plan, 'set-friendly-name', 'SERVER1')?.id ?? '',
        { at: '2026-11-22T21:30:00Z', outcome: 'done', seen: true } as const,
      ],
    ]);
    assert.ok(kinds(situation({ found: staged, runs: begun })).includes('import SERVER1'));
    assert.ok(kinds(given).includes('probe SERVER2'));
  });
});

describe('a bulk run', () => {
  it('never holds a removal, a deletion or what is done by hand', () => {
    const { model, runs } = runAll(begin(found()), {}, ['hybrid-configuration', 'remove', 'delete-copies']);
    const given = situation({ found: model.found, runs });
    assert.deepEqual(kinds(given), []);
    const id = stepOf(given.plan, 'hybrid-configuration')?.id ?? '';
    assert.deepEqual(kinds(given, { scope: 'step', id }), ['hybrid-configuration']);
    const cut = runAll(begin(found()), {}, ['remove', 'delete-copies']);
    const end = situation({ found: cut.model.found, runs: cut.runs });
    assert.deepEqual(kinds(end), []);
    assert.deepEqual(kinds(end, { scope: 'step', id: stepOf(end.plan, 'remove', 'SERVER1')?.id ?? '' }), [
      'remove SERVER1',
    ]);
  });

  it('of a phase holds that phase alone', () => {
    assert.deepEqual(
      kinds(situation(), { scope: 'phase', phase: 'check' }),
      ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'].map((name) => `probe ${name}`),
    );
    assert.deepEqual(kinds(situation(), { scope: 'phase', phase: 'cutover', server: 'SERVER1' }), []);
  });
});

describe('the removal', () => {
  it('is held by what still uses the old certificate, even where the plan could be run', () => {
    const { model, runs } = runAll(begin(found()), {}, ['remove', 'delete-copies']);
    const back = {
      ...model.found,
      sendConnectors: (model.found.sendConnectors ?? []).map((one) => ({
        ...one,
        sourceTransportServers: ['SERVER1'],
      })),
      servers: model.found.servers.map((row) => ({
        ...row,
        bindings: (row.bindings ?? []).map((one) => (one.port === 444 ? { ...one, httpSys: a.thumbprint } : one)),
      })),
    };
    const state = stateOf(situation({ found: back, baseline: back, runs }), 'remove', 'SERVER1');
    assert.ok(state?.state === 'blocked' && 'check' in state && state.check.check === 'unused', JSON.stringify(state));
  });

  it('waits for Continue after the first server, whoever has said it before that was changed', () => {
    const early = decided({ 'continue:after-canary': 'yes' });
    const decisions = [...followed.filter(({ question }) => question !== 'continue:after-canary'), ...early];
    const { model, runs, done } = runAll(begin(found()), { decisions });
    const state = stateOf(situation({ found: model.found, decisions, runs }), 'enable-services', 'SERVER2');
    assert.ok(state?.state === 'waiting' && 'check' in state && state.check.check === 'decided', JSON.stringify(state));
    assert.deepEqual(
      done.filter(({ kind }) => kind === 'enable-services').map(({ target }) => target.server),
      ['SERVER1'],
    );
  });

  it('is held by a reference that was left by decision', () => {
    const decisions = [...followed, ...decided({ 'follow:receive-connector:SERVER2\\Relay SERVER2': 'leave' })];
    const { model, runs, done } = runAll(begin(found()), { decisions });
    const state = stateOf(situation({ found: model.found, decisions, runs }), 'remove', 'SERVER2');
    assert.ok(state?.state === 'blocked' && 'verdict' in state && state.verdict.verdict === 'fails');
    assert.match(state.verdict.found, /Relay SERVER2/);
    assert.deepEqual(
      done.filter(({ kind }) => kind === 'remove').map(({ target }) => target.server),
      ['SERVER1', 'SERVER3', 'SERVER4'],
    );
  });
});

describe('the way after the first server', () => {
  const decisions = followed.filter(({ question }) => question !== 'continue:after-canary');

  it('is waited for once the first server is done, and not before', () => {
    assert.equal(waitsForContinue(situation({ decisions })), false);
    const { model, runs } = runAll(begin(found()), { decisions });
    assert.equal(waitsForContinue(situation({ found: model.found, decisions, runs })), true);
  });

  it('is waited for no longer once a person said so', () => {
    assert.equal(waitsForContinue(situation()), false);
  });
});

describe('the second story', () => {
  const down = withServer(found(), 'SERVER3', unreached);
  const deferred = [...followed, ...decided({ 'defer:SERVER3': 'yes' })];
  const first = runAll(begin(down), { baseline: down, decisions: deferred });
  const after = situation({ found: first.model.found, baseline: down, decisions: deferred, runs: first.runs });

  it('brings the other three to the end of their cutover', () => {
    assert.deepEqual(
      first.done.filter(({ kind }) => kind === 'enable-services').map(({ target }) => target.server),
      ['SERVER1', 'SERVER2', 'SERVER4'],
    );
  });

  it('leaves the send connector on A, because one source server is not ready', () => {
    const state = stateOf(after, 'send-connector', outbound);
    assert.ok(
      state?.state === 'blocked' && 'check' in state && state.check.check === 'source-servers-ready',
      JSON.stringify(state),
    );
    assert.ok(first.done.every(({ kind }) => kind !== 'send-connector' && kind !== 'remove'));
  });

  it('leaves the hybrid configuration on A for the same reason', () => {
    const state = stateOf(after, 'hybrid-configuration');
    assert.ok(
      state?.state === 'blocked' && 'check' in state && 'server' in state.check && state.check.server === 'SERVER3',
      JSON.stringify(state),
    );
  });

  it('begins again with the restore, when the terminal was killed between Enable and the restore', () => {
    // before SERVER2's Enable, then its first statement alone
    const given = { baseline: down, decisions: deferred };
    let cut = runAll(begin(down), {
      ...given,
      decisions: decided({
        ...Object.fromEntries(deferred.map(({ question, answer }) => [question, answer])),
        'continue:after-canary': 'no',
      }),
    });
    const enable = stepOf(situation({ ...given, found: cut.model.found }).plan, 'enable-services', 'SERVER2');
    assert.ok(enable !== undefined);
    const killed = snapshot(apply(cut.model, enable, true));
    const restored = situation({
      ...given,
      found: killed.found,
      runs: new Map([...cut.runs, [enable.id, { at: timeOf(killed.clock - 10), outcome: 'unknown', seen: true }]]),
    });
    assert.deepEqual(kinds(restored)[0], 'restore-internal-transport-certificate SERVER2');

    // SERVER3 is up again, its row as it was; the decision is taken back
    const up = found();
    const row3 = up.servers.find(({ name }) => name === 'SERVER3');
    assert.ok(row3 !== undefined);
    const back = withServer(killed.found, 'SERVER3', () => row3);
    cut = runAll(
      { ...killed, found: back },
      { baseline: up, decisions: [...deferred, ...decided({ 'defer:SERVER3': 'no' })] },
    );
    assert.equal(cut.done[0]?.kind, 'restore-internal-transport-certificate');
    const end = situation({
      found: cut.model.found,
      baseline: up,
      decisions: [...deferred, ...decided({ 'defer:SERVER3': 'no' })],
      at: timeOf(cut.model.clock),
    });
    assert.deepEqual(end.plan.phases, []);
    assert.ok(cut.done.some(({ kind, target }) => kind === 'remove' && target.server === 'SERVER3'));
  });
});
