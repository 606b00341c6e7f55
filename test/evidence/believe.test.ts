// Which results are ours, and what they add to a snapshot.
import assert from 'node:assert/strict';
import { believe, type Disbelief, type ExpectedResult } from '../../src/evidence/believe';
import { copyMade } from '../../src/evidence/conversion';
import { type Evidence, layOver } from '../../src/evidence/layOver';
import { runsOf } from '../../src/evidence/runs';
import type { Found } from '../../src/model/found';
import type { JournalEvent, JournalLine, StepResult } from '../../src/model/result';
import type { ServerRow } from '../../src/model/snapshot';
import { a, b, found, observation, outbound, server, withEveryServer } from '../plan/organization';

const before = '2026-11-22T20:00:00Z';
const later = '2026-11-22T21:00:00Z';
const latest = '2026-11-22T22:00:00Z';

function result(edit: Partial<StepResult> = {}): StepResult {
  return {
    version: 1,
    step: '3f9a01c2',
    run: '5b0c1d5e9a7f4c11',
    script: 'ab'.repeat(32),
    server: 'SERVER1',
    started: before,
    ended: later,
    outcome: 'done',
    changed: false,
    before: null,
    after: null,
    error: null,
    ...edit,
  };
}

function row(index: number, edit: Partial<ServerRow> = {}): ServerRow {
  return { ...server(index), ...edit };
}

function line(event: JournalEvent, at = later): JournalLine {
  return { ...event, at, by: 'user@host', previous: '0'.repeat(64) };
}

function lay(evidence: Partial<Evidence>, base: Found = found()): Found {
  const readServer: Evidence['readServer'] = (told) => ({
    ...told,
    certificates: told.certificates?.map((one) => ({ ...one, facts: null })) ?? null,
  });
  return layOver(base, { results: [], journal: [], readServer, ...evidence });
}

describe('a result', () => {
  const expected: ExpectedResult = {
    step: '3f9a01c2',
    run: '5b0c1d5e9a7f4c11',
    script: 'AB'.repeat(32),
    server: 'server1',
  };

  it('of our run, step, script and server is believed', () => {
    const ours = result({ after: { servers: [row(1)] } });
    assert.deepEqual(believe(ours, expected), { believed: ours });
  });

  const cases: readonly [Disbelief, Partial<StepResult>][] = [
    ['by-hand', { run: 'by-hand' }],
    ['other-run', { run: '0000000000000000' }],
    ['other-step', { step: '00000000' }],
    ['other-script', { script: '0'.repeat(64) }],
    ['other-server', { server: 'SERVER2' }],
    ['other-server', { server: null }],
    ['other-server', { after: { servers: [row(2)] } }],
    ['other-server', { before: { servers: [row(1), row(2)] } }],
  ];
  for (const [why, edit] of cases) {
    it(`is foreign: ${why} ${JSON.stringify(Object.keys(edit))}`, () => {
      const answer = believe(result(edit), expected);
      assert.ok('foreign' in answer);
      assert.equal(answer.why, why);
    });
  }

  it('is foreign where no run is known', () => {
    assert.ok('foreign' in believe(result(), undefined));
  });
});

describe('what is found', () => {
  const restored = row(1, { internalTransport: b.thumbprint });

  it('is a result’s row where the result is newer than the snapshot', () => {
    assert.equal(
      lay({ results: [result({ after: { servers: [restored] } })] }).servers[0]?.internalTransport,
      b.thumbprint,
    );
  });

  it('is the snapshot where the result is older', () => {
    const old = result({ ended: before, after: { servers: [restored] } });
    assert.notEqual(lay({ results: [old] }).servers[0]?.internalTransport, b.thumbprint);
  });

  it('is told by the journal where a result and the snapshot are of one second', () => {
    const base = found();
    const told = result({ ended: base.taken, after: { servers: [restored] } });
    const path = `results/${told.step}.x.${told.run}.json`;
    const ended = line({ event: 'result', step: told.step, path, sha256: '', outcome: 'done' }, base.taken);
    const taken = line({ event: 'snapshot', path: 'snapshots/x.json', sha256: '' }, base.taken);
    const internal = (journal: readonly JournalLine[]) =>
      lay({ results: [told], journal }, base).servers[0]?.internalTransport;
    assert.equal(internal([taken, ended]), b.thumbprint);
    assert.notEqual(internal([ended, taken]), b.thumbprint);
  });

  it('is the newest of several results, in whatever order they come', () => {
    const results = [
      result({ ended: latest, after: { servers: [row(1, { internalTransport: a.thumbprint })] } }),
      result({ after: { servers: [restored] } }),
    ];
    assert.equal(lay({ results }).servers[0]?.internalTransport, a.thumbprint);
  });

  it('is what a failed result read before it failed', () => {
    const failed = result({ outcome: 'failed', before: { servers: [restored] } });
    assert.equal(lay({ results: [failed] }).servers[0]?.internalTransport, b.thumbprint);
  });

  it('keeps what a result does not tell', () => {
    const told = lay({ results: [result({ after: { sendConnectors: null, auth: null } })] });
    assert.deepEqual(told.sendConnectors, found().sendConnectors);
    assert.deepEqual(told.auth, found().auth);
  });

  it('takes send connectors and hybrid from the result that told them', () => {
    const told = lay({ results: [result({ after: { sendConnectors: [], hybrid: { tlsCertificateName: 'x' } } })] });
    assert.deepEqual(told.sendConnectors, []);
    assert.deepEqual(told.hybrid, { tlsCertificateName: 'x' });
  });

  it('holds the newest observation of each endpoint', () => {
    const look = (of: typeof a, at: string): JournalLine =>
      line({ event: 'observation', observation: observation('SERVER1', 'https', of, at) });
    const { observations } = lay({ journal: [look(b, latest), look(a, later)] });
    assert.deepEqual(
      observations.map(({ certificate }) => certificate?.thumbprint),
      [b.thumbprint],
    );
  });

  it('knows backups and copies until they are deleted', () => {
    const backup = result({ after: { backup: { thumbprint: a.thumbprint, verified: true, file: 'x' } } });
    const journal = [line({ event: 'confirmed', step: '3f9a01c2', what: copyMade(b.thumbprint) })];
    const kept = lay({ results: [backup], journal });
    assert.deepEqual([kept.backups.length, kept.copies], [1, [b.thumbprint]]);
    const deleted = lay({ results: [backup, result({ ended: latest, after: { copiesDeleted: true } })], journal });
    assert.deepEqual([deleted.backups, deleted.copies], [[], []]);
  });

  it('knows restarts of mail services, and not those of IIS or of a step that failed', () => {
    const restart = (names: readonly string[], outcome: StepResult['outcome']): Found =>
      lay({ results: [result({ server: 'server1', outcome, after: { restarted: names } })] });
    assert.deepEqual(restart(['MSExchangeIMAP4'], 'done').restarted, { SERVER1: later });
    assert.deepEqual(restart(['MSExchangeIMAP4'], 'failed').restarted, {});
    assert.deepEqual(restart(['MSExchangeOWAAppPool'], 'done').restarted, {});
  });

  it('knows what was watched', () => {
    assert.deepEqual(lay({ results: [result({ after: { watched: { name: outbound, minutes: 10 } } })] }).watched, {
      [outbound]: later,
    });
  });

  const changes: readonly [string, Partial<Evidence>, boolean][] = [
    ['a result that says so', { results: [result({ changed: true })] }, true],
    ['a result that failed on its way', { results: [result({ outcome: 'failed' })] }, true],
    [
      'a run whose end is unknown',
      { journal: [line({ event: 'result', step: '3f9a01c2', path: 'x', sha256: 'y', outcome: 'unknown' })] },
      true,
    ],
    ['what a person confirmed', { journal: [line({ event: 'confirmed', step: '3f9a01c2', what: '' })] }, true],
    ['a result that changed nothing', { results: [result({ outcome: 'nothing-to-do' })] }, false],
  ];
  for (const [title, evidence, changed] of changes) {
    it(`${changed ? 'counts' : 'does not count'} ${title} as a change`, () => {
      assert.deepEqual(lay(evidence).changed, changed ? { '3f9a01c2': later } : {});
    });
  }

  it('keeps an assignment over a later snapshot, until the certificate is gone', () => {
    const assigned = result({
      ended: before,
      after: {
        servers: [
          row(1, { certificates: server(1).certificates?.map((one) => ({ ...one, assigned: ['POP'] })) ?? null }),
        ],
      },
    });
    assert.deepEqual(lay({ results: [assigned] }).servers[0]?.certificates?.[0]?.assigned, ['POP']);
    const gone = result({ ended: later, after: { servers: [row(1, { certificates: [] })] } });
    const anew = lay({ results: [assigned, gone, result({ ended: latest, after: { servers: [row(1)] } })] });
    assert.equal(anew.servers[0]?.certificates?.[0]?.assigned, undefined);
  });

  it('is untouched by no evidence', () => {
    const base = withEveryServer(found(), () => ({}));
    assert.deepEqual(lay({}, base), base);
  });
});

describe('the last run of a step', () => {
  const begun = line({ event: 'run', step: '3f9a01c2', script: 'x' });
  const end = line({ event: 'result', step: '3f9a01c2', path: 'x', sha256: 'y', outcome: 'failed' }, latest);
  const cases: readonly [string, readonly JournalLine[], unknown][] = [
    ['running while no end is told', [begun], { at: later, outcome: 'running' }],
    ['as it ended', [begun, end], { at: latest, outcome: 'failed' }],
    ['running when it was begun again', [begun, end, begun], { at: later, outcome: 'running' }],
    ['none once it was undone', [begun, end, line({ event: 'undone', step: '3f9a01c2' })], undefined],
  ];
  for (const [title, journal, run] of cases) {
    it(`is ${title}`, () => {
      assert.deepEqual(runsOf(journal).get('3f9a01c2'), run);
    });
  }
});
