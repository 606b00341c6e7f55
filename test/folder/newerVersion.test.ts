// What a newer version wrote is whole and not understood: it is said, file by file, and never passed over as torn or malformed.
import assert from 'node:assert/strict';
import { appendJournal, journalPath, verifyJournal } from '../../src/folder/journal';
import { loadRotation } from '../../src/folder/loadRotation';
import { readText, writeText } from '../../src/folder/port';
import type { FileProblem } from '../../src/folder/readFile';
import { readResult } from '../../src/folder/readResult';
import { sha256 } from '../../src/folder/sha256';
import { takeInResults } from '../../src/folder/takeInResults';
import type { JournalEvent, StepResult } from '../../src/model/result';
import { configText, type MadeRotation, makeRotation, makeWorkspace, readers, type Workspace } from './workspace';

const author = { at: '2026-11-22T21:00:00Z', by: 'admin@host' };

const result: StepResult = {
  version: 1,
  step: '3f9a01c2',
  run: '5b0c1d5e9a7f4c11',
  script: '0'.repeat(64),
  server: 'SERVER1',
  started: author.at,
  ended: author.at,
  outcome: 'done',
  changed: true,
  before: null,
  after: null,
  error: null,
};

/** As a newer version would write it, whose types this one does not know. */
const unknownEvent = (event: object): JournalEvent => event as JournalEvent;

describe('what a newer version wrote', () => {
  let workspace: Workspace;
  before(() => {
    workspace = makeWorkspace();
  });

  /** Why the rotation is not gone on with. */
  const refusalOf = async ({ port }: MadeRotation): Promise<FileProblem> => {
    const read = await loadRotation(port, { readers, configText, now: author.at });
    assert.ok('problem' in read, 'it was loaded');
    return read.problem;
  };

  const lines: readonly [what: string, event: object][] = [
    ['an event', { event: 'rolled-back', step: '3f9a01c2' }],
    ['a member of an event', { event: 'confirmed', step: '3f9a01c2', what: 'probed', reviewer: 'someone' }],
    [
      'a value of a member',
      { event: 'result', step: '3f9a01c2', path: 'none', sha256: '0'.repeat(64), outcome: 'half' },
    ],
  ];
  for (const [what, event] of lines) {
    it(`is said of ${what} in the journal, and the rotation is not gone on with`, async () => {
      const made = await makeRotation(workspace);
      await appendJournal(made.port, [unknownEvent(event), { event: 'decision', question: 'q', answer: 'a' }], author);
      const { path, code } = await refusalOf(made);
      assert.deepEqual([path, code], ['journal.jsonl:3', 'newer-version']);
    });
  }

  it('is not said of a line that a crash tore off, nor of one that is out of its place', async () => {
    const made = await makeRotation(workspace);
    await made.port.append(journalPath, () => `{"event":"rolled-back","previous":"${'0'.repeat(64)}"}\n{"event":"dec`);
    const { problems } = verifyJournal((await readText(made.port, journalPath)) ?? '');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['torn-line', 'torn-line'],
    );
  });

  it('is said of a member of rotation.json, which is then not gone on with', async () => {
    const made = await makeRotation(workspace);
    const text = (await readText(made.port, 'rotation.json')) ?? '';
    await writeText(made.port, 'rotation.json', JSON.stringify({ ...JSON.parse(text), pausedUntil: 'Monday' }));
    assert.deepEqual(await refusalOf(made), {
      path: 'rotation.json',
      code: 'newer-version',
      detail: '1 with pausedUntil',
    });
  });

  it('is said of a part of a snapshot', async () => {
    const made = await makeRotation(workspace);
    const text = JSON.stringify({ ...workspace.snapshot, dnsRecords: [] });
    await writeText(made.port, 'snapshots/newer.json', text);
    const event = { event: 'snapshot', path: 'snapshots/newer.json', sha256: sha256(text) } as const;
    await appendJournal(made.port, [event], author);
    assert.deepEqual(await refusalOf(made), {
      path: event.path,
      code: 'newer-version',
      detail: '1 with further members',
    });
  });

  const row = { name: 'SERVER1', fqdn: 'server1.mydomain.com', reached: { exchange: true, server: true } };
  const members: readonly [where: string, json: object][] = [
    ['itself', { ...result, host: 'ADMIN1' }],
    [
      'what it tells beside rows',
      { ...result, after: { backup: { thumbprint: 'A'.repeat(40), verified: true, file: 'x', by: 'y' } } },
    ],
    ['its rows', { ...result, after: { tlsReports: [] } }],
    ['a row', { ...result, before: { servers: [{ ...row, uptime: 1 }] } }],
  ];
  for (const [where, json] of members) {
    it(`is said of a result with a member in ${where}, and the result is not taken in`, async () => {
      const read = readResult('results/x.json', JSON.stringify(json), readers);
      assert.ok('problem' in read);
      assert.equal(read.problem.code, 'newer-version');
      const made = await makeRotation(workspace);
      const { run, script, step } = result;
      const expected = { step, run, script, server: 'SERVER1' };
      const own = [{ name: 'x.json', text: JSON.stringify(json), expected }];
      const { foreign } = await takeInResults(made.port, { journal: [], own, readers }, author);
      assert.deepEqual(foreign, [{ path: 'results/x.json', why: 'newer-version' }]);
    });
  }
});
