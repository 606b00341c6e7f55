// Which results are ours, and what they add to a snapshot.
import assert from 'node:assert/strict';
import { believe, type Disbelief, type ExpectedResult } from '../../src/evidence/believe';
import { copyMade } from '../../src/evidence/conversion';
import { type Evidence, layOver } from '../../src/evidence/layOver';
import { runsOf } from '../../src/evidence/runs';
import { datedDecisions, toldOf, type Told } from '../../src/evidence/told';
import type { Found } from '../../src/model/found';
import type { JournalEvent, JournalLine, StepResult } from '../../src/model/result';
import type { ServerRow } from '../../src/model/snapshot';
import { a, b, found, observation, outbound, rotation, server, withEveryServer } from '../plan/organization';

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

/** A line of the journal that a believed result stands behind. */
interface Ended {
  readonly result: StepResult;
}

const snapshotLine = line({ event: 'snapshot', path: 'snapshots/x.json', sha256: '' }, before);

const nextSnapshot: JournalLine = { ...snapshotLine, at: '2026-11-22T23:00:00Z' };

/** The journal's lines as they follow each other; before all of them stands the snapshot's, where none of them is one. */
function toldIn(lines: readonly (JournalLine | Ended)[], now = '2026-11-23T00:00:00Z'): readonly Told[] {
  const results = new Map<JournalLine, StepResult>();
  const journal = lines.map((one) => {
    if ('event' in one) return one;
    const { step, outcome, ended } = one.result;
    const its = line({ event: 'result', step, path: 'x', sha256: '', outcome }, ended);
    results.set(its, one.result);
    return its;
  });
  const all = journal.some(({ event }) => event === 'snapshot') ? journal : [snapshotLine, ...journal];
  return toldOf(all, (one) => results.get(one), now);
}

const ended = (edit: Partial<StepResult> = {}): Ended => ({ result: result(edit) });

function lay(lines: readonly (JournalLine | Ended)[], base: Found = found()): Found {
  const readServer: Evidence['readServer'] = (row_) => ({
    ...row_,
    certificates: row_.certificates?.map((one) => ({ ...one, facts: null })) ?? null,
  });
  const told = toldIn(lines);
  return layOver(base, { told, place: told.findIndex((one) => one.line.event === 'snapshot'), readServer });
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

  const internal = (lines: readonly (JournalLine | Ended)[]): string | null | undefined =>
    lay(lines).servers[0]?.internalTransport;
  const restoring = ended({ after: { servers: [restored] } });

  it('is a result’s row where its line stands after the snapshot’s, and the snapshot where it stands before', () => {
    assert.equal(internal([snapshotLine, restoring]), b.thumbprint);
    assert.notEqual(internal([restoring, nextSnapshot]), b.thumbprint);
  });

  for (const time of [before, latest, '2026-11-22T23:04:00Z', '2099-01-01T00:00:00Z']) {
    it(`is the snapshot where the line of a result that claims ${time} stands before it`, () => {
      const early = ended({ ended: time, after: { servers: [restored] } });
      assert.notEqual(internal([early, nextSnapshot]), b.thumbprint);
    });
  }

  it('is the row of the last of several results, whatever times they claim', () => {
    const other = ended({ ended: before, after: { servers: [row(1, { internalTransport: a.thumbprint })] } });
    assert.equal(internal([restoring, other]), a.thumbprint);
    assert.equal(internal([other, restoring]), b.thumbprint);
  });

  it('is what a failed result read before it failed', () => {
    assert.equal(internal([ended({ outcome: 'failed', before: { servers: [restored] } })]), b.thumbprint);
  });

  it('keeps what a result does not tell', () => {
    const told = lay([ended({ after: { sendConnectors: null, auth: null } })]);
    assert.deepEqual(told.sendConnectors, found().sendConnectors);
    assert.deepEqual(told.auth, found().auth);
  });

  it('takes send connectors and hybrid from the result that told them', () => {
    const told = lay([ended({ after: { sendConnectors: [], hybrid: { tlsCertificateName: 'x' } } })]);
    assert.deepEqual(told.sendConnectors, []);
    assert.deepEqual(told.hybrid, { tlsCertificateName: 'x' });
  });

  it('holds the last observation of each endpoint, whatever times they claim', () => {
    const look = (of: typeof a, at: string): JournalLine =>
      line({ event: 'observation', observation: observation('SERVER1', 'https', of, at) });
    const { observations } = lay([look(a, latest), look(b, later)]);
    assert.deepEqual(
      observations.map(({ certificate }) => certificate?.thumbprint),
      [b.thumbprint],
    );
  });

  it('knows backups and copies until they are deleted', () => {
    const backup = ended({ after: { backup: { thumbprint: a.thumbprint, verified: true, file: 'x' } } });
    const copy = line({ event: 'confirmed', step: '3f9a01c2', what: copyMade(b.thumbprint) });
    const kept = lay([backup, copy]);
    assert.deepEqual([kept.backups.length, kept.copies], [1, [b.thumbprint]]);
    const deleted = lay([backup, copy, ended({ after: { copiesDeleted: true } })]);
    assert.deepEqual([deleted.backups, deleted.copies], [[], []]);
    assert.deepEqual(lay([ended({ after: { copiesDeleted: true } }), copy]).copies, [b.thumbprint]);
  });

  it('knows restarts of mail services, and not those of IIS or of a step that failed', () => {
    const restart = (names: readonly string[], outcome: StepResult['outcome']): Found =>
      lay([ended({ server: 'server1', outcome, after: { restarted: names } })]);
    assert.deepEqual(restart(['MSExchangeIMAP4'], 'done').restarted, { SERVER1: later });
    assert.deepEqual(restart(['MSExchangeIMAP4'], 'failed').restarted, {});
    assert.deepEqual(restart(['MSExchangeOWAAppPool'], 'done').restarted, {});
  });

  it('knows what was watched', () => {
    assert.deepEqual(lay([ended({ after: { watched: { name: outbound, minutes: 10 } } })]).watched, {
      [outbound]: later,
    });
  });

  const changes: readonly [string, JournalLine | Ended, boolean][] = [
    ['a result that says so', ended({ changed: true }), true],
    ['a result that failed on its way', ended({ outcome: 'failed' }), true],
    [
      'a run whose end is unknown',
      line({ event: 'result', step: '3f9a01c2', path: 'x', sha256: 'y', outcome: 'unknown' }),
      true,
    ],
    [
      'a result whose file is not there any more',
      line({ event: 'result', step: '3f9a01c2', path: 'x', sha256: 'y', outcome: 'done' }),
      true,
    ],
    ['what a person confirmed', line({ event: 'confirmed', step: '3f9a01c2', what: '' }), true],
    ['a result that changed nothing', ended({ outcome: 'nothing-to-do' }), false],
  ];
  for (const [title, one, changed] of changes) {
    it(`${changed ? 'counts' : 'does not count'} ${title} as a change`, () => {
      assert.deepEqual(lay([one]).changed, changed ? { '3f9a01c2': later } : {});
    });
  }

  it('keeps an assignment over a later snapshot, until the certificate is gone', () => {
    const assigned = ended({
      after: {
        servers: [
          row(1, { certificates: server(1).certificates?.map((one) => ({ ...one, assigned: ['POP'] })) ?? null }),
        ],
      },
    });
    assert.deepEqual(lay([assigned, nextSnapshot]).servers[0]?.certificates?.[0]?.assigned, ['POP']);
    const gone = ended({ ended: '2026-11-22T23:01:00Z', after: { servers: [row(1, { certificates: [] })] } });
    const anew = lay([
      assigned,
      nextSnapshot,
      gone,
      ended({ ended: '2026-11-22T23:02:00Z', after: { servers: [row(1)] } }),
    ]);
    assert.equal(anew.servers[0]?.certificates?.[0]?.assigned, undefined);
  });

  it('is untouched by no evidence', () => {
    const base = withEveryServer(found(), () => ({}));
    assert.deepEqual(lay([], base), base);
  });
});

describe('evidence that claims a time which has not come', () => {
  const future = '2099-01-01T00:00:00Z';
  const look = line({ event: 'observation', observation: observation('SERVER1', 'https', b, future) });
  const internal = row(1, { internalTransport: b.thumbprint });

  it('is no evidence, where a result or a look claims it', () => {
    const claims = (of: JournalLine | Ended): unknown => toldIn([of]).at(-1)?.claims;
    assert.equal(claims(look), future);
    assert.equal(claims(ended({ ended: future })), future);
    assert.equal(claims(line({ event: 'snapshot', path: 'x', sha256: '' }, future)), future);
    const told = lay([look, ended({ ended: future, after: { servers: [internal], restarted: ['MSExchangePOP3'] } })]);
    assert.deepEqual([told.observations, told.restarted], [[], {}]);
    assert.notEqual(told.servers[0]?.internalTransport, b.thumbprint);
  });

  it('is evidence where clocks differ by no more than a domain allows', () => {
    const near = line({
      event: 'observation',
      observation: observation('SERVER1', 'https', b, '2026-11-22T22:05:00Z'),
    });
    assert.equal(toldIn([near], '2026-11-22T22:00:00Z').at(-1)?.claims, '2026-11-22T22:05:00Z');
    assert.equal(toldIn([{ ...near, at: latest }], '2026-11-22T22:00:00Z').at(-1)?.claims, null);
  });

  it('still tells that something may have changed, dated before what follows it', () => {
    const changed = ended({ ended: future, changed: true });
    const at = (lines: readonly (JournalLine | Ended)[]): string => lay(lines).changed['3f9a01c2'] ?? '';
    assert.ok(at([changed, { ...look, at: later }]) < later);
    assert.ok(at([line({ event: 'confirmed', step: 'x', what: '' }), changed, { ...look, at: latest }]) >= later);
  });

  it('claims it also where a later line says that it was not yet', () => {
    const honest = line({ event: 'confirmed', step: '3f9a01c2', what: '' }, before);
    assert.equal(toldIn([{ ...look, at: future }, honest], '2100-01-01T00:00:00Z').at(-2)?.claims, future);
  });
});

describe('a look', () => {
  const change = ended({ changed: true, ended: later });
  const at = (lines: readonly (JournalLine | Ended)[]): readonly [string, string] => {
    const { observations, changed } = lay(lines);
    return [observations[0]?.at ?? '', changed['3f9a01c2'] ?? ''];
  };
  const look = (claimed: string, written: string): JournalLine =>
    line({ event: 'observation', observation: observation('SERVER1', 'https', b, claimed) }, written);

  it('is older than the change whose line follows its own, whatever it claims', () => {
    const [seen, changed] = at([look('2026-11-22T21:04:00Z', before), change]);
    assert.ok(seen < changed, `${seen} ${changed}`);
  });

  it('is older than a change that ended while it was made, though its line follows', () => {
    const [seen, changed] = at([change, look(before, latest)]);
    assert.ok(seen < changed, `${seen} ${changed}`);
  });

  it('is newer than the change before it, though the clock was set back between them', () => {
    const [seen, changed] = at([ended({ changed: true, ended: latest }), look(later, later)]);
    assert.ok(seen >= changed, `${seen} ${changed}`);
  });
});

describe('a decision', () => {
  const decision = { question: 'continue:after-canary', answer: 'yes', by: 'user@host' };
  const dates = (claimed: string, lines: readonly (JournalLine | Ended)[]): readonly string[] =>
    datedDecisions(rotation({ decisions: [{ ...decision, at: claimed }] }), toldIn(lines), '2026-11-23T00:00:00Z').map(
      (one) => one.at,
    );
  const { question, answer } = decision;
  const decided = line({ event: 'decision', question, answer }, later);

  it('is of the time of its line, and of the rotation’s beginning where it has none', () => {
    assert.deepEqual(dates(later, [decided]), [later]);
    assert.deepEqual(dates(later, []), [rotation().created]);
  });

  it('is not of the time it claims where a later line gainsays it', () => {
    const next = ended({ changed: true, ended: later });
    const [at = ''] = dates('2026-11-22T23:00:00Z', [{ ...decided, at: '2026-11-22T23:00:00Z' }, next]);
    assert.ok(at < later, at);
  });

  it('is none where it claims a time that has not come', () => assert.deepEqual(dates('2099-01-01T00:00:00Z', []), []));
});

describe('the last run of a step', () => {
  const begun = line({ event: 'run', step: '3f9a01c2', script: 'x' });
  const end = line({ event: 'result', step: '3f9a01c2', path: 'x', sha256: 'y', outcome: 'failed' }, latest);
  const none = { place: -1, taken: before };
  const cases: readonly [string, readonly JournalLine[], unknown][] = [
    ['running while no end is told', [begun], { at: later, outcome: 'running', seen: false }],
    ['as it ended', [begun, end], { at: latest, outcome: 'failed', seen: false }],
    [
      'running when it was begun again',
      [begun, end, { ...begun, at: latest }],
      { at: latest, outcome: 'running', seen: false },
    ],
    ['none where only another step ran', [line({ event: 'run', step: '3f9a01c3', script: 'x' })], undefined],
  ];
  for (const [title, journal, run] of cases) {
    it(`is ${title}`, () => {
      assert.deepEqual(runsOf(toldIn(journal), none).get('3f9a01c2'), run);
    });
  }

  const seen: readonly [string, readonly JournalLine[], string, boolean][] = [
    ['seen by a snapshot whose line follows', [begun, end, snapshotLine], latest, true],
    ['not seen by one whose line precedes it, whatever time that claims', [snapshotLine, begun, end], latest, false],
    [
      'not seen by one that was taken before the run, though its line follows',
      [begun, end, snapshotLine],
      before,
      false,
    ],
  ];
  for (const [title, journal, taken, isSeen] of seen) {
    it(`is ${title}`, () => {
      const lines = journal.map((one) => (one === snapshotLine ? { ...one, at: latest } : one));
      const place = journal.indexOf(snapshotLine);
      const told = toldOf(lines, () => undefined, '2026-11-23T00:00:00Z');
      assert.equal(runsOf(told, { place, taken }).get('3f9a01c2')?.seen, isSeen);
    });
  }
});
