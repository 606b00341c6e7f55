// Lines that somebody planted in a journal cost a window neither its time nor its memory.
import assert from 'node:assert/strict';
import { addSnapshot } from '../../src/folder/createRotation';
import { appendJournal, journalPath } from '../../src/folder/journal';
import { loadRotation } from '../../src/folder/loadRotation';
import { type FolderPort, writeText } from '../../src/folder/port';
import type { FileProblem } from '../../src/folder/readFile';
import { problemSentence } from '../../src/folder/words/problems';
import { sha256 } from '../../src/folder/sha256';
import type { JournalEvent } from '../../src/model/result';
import { configText, load, makeRotation, makeWorkspace, type MadeRotation, readers, type Workspace } from './workspace';

const author = { at: '2026-11-22T21:50:00Z', by: 'stranger@elsewhere' };
const now = '2026-11-22T22:00:00Z';

describe('lines that were planted in a journal', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let made: MadeRotation;
  before(() => {
    workspace = makeWorkspace();
  });
  beforeEach(async () => {
    made = await makeRotation(workspace);
  });

  const problemOf = async (port: FolderPort): Promise<FileProblem> => {
    const read = await loadRotation(port, { readers, configText, now });
    assert.ok('problem' in read);
    return read.problem;
  };
  /** The folder, with the number of times that each of its files was read. */
  const counted = (): { readonly port: FolderPort; readonly reads: Map<string, number> } => {
    const reads = new Map<string, number>();
    const read: FolderPort['read'] = (path) => {
      reads.set(path, (reads.get(path) ?? 0) + 1);
      return made.port.read(path);
    };
    return { port: { ...made.port, read }, reads };
  };
  const result = (): string =>
    JSON.stringify({
      ...{ version: 1, step: '3f9a01c2', run: '5b0c1d5e9a7f4c11', script: '0'.repeat(64), server: 'SERVER1' },
      ...{ started: author.at, ended: author.at, outcome: 'done', changed: true, before: null, error: null },
      after: { servers: workspace.snapshot.servers },
    });

  it('that name one snapshot and one result 2,000 times each have them read once', async () => {
    const snapshot = { ...workspace.snapshot, taken: '2026-11-22T21:49:00Z' };
    await addSnapshot(made.port, snapshot, JSON.stringify(snapshot), author);
    await writeText(made.port, 'results/a.json', result());
    const { journal } = await load(made);
    const [line] = journal.filter(({ event }) => event === 'snapshot').slice(-1);
    assert.ok(line?.event === 'snapshot');
    const events: readonly JournalEvent[] = [
      { event: 'snapshot', path: line.path, sha256: line.sha256 },
      { event: 'result', step: '3f9a01c2', path: 'results/a.json', sha256: sha256(result()), outcome: 'done' },
    ];
    await appendJournal(made.port, Array.from({ length: 2_000 }, () => events).flat(), author);
    const { port, reads } = counted();
    const loaded = await load({ port });
    assert.equal(loaded.results.length, 2_000);
    assert.equal(loaded.found.taken, snapshot.taken);
    assert.deepEqual([reads.get(line.path), reads.get('results/a.json')], [1, 1]);
  });

  it('that name one missing snapshot many times are one problem', async () => {
    const event = { event: 'snapshot', path: 'snapshots/gone.json', sha256: '0'.repeat(64) } as const;
    await appendJournal(
      made.port,
      Array.from({ length: 50 }, () => event),
      author,
    );
    assert.deepEqual((await load(made)).problems, [{ path: 'snapshots/gone.json', code: 'missing', detail: '' }]);
  });

  it('that are more than 20,000 are refused, with what to do', async () => {
    await made.port.append(journalPath, () => '{}\n'.repeat(20_001));
    assert.equal(
      problemSentence(await problemOf(made.port)),
      'journal.jsonl: too large, it has more than 20000 lines. Close the rotation and begin a new one: it plans what is left to do',
    );
  });

  it('that name more than 256 MiB are refused once so much was read, with what to do', async () => {
    const large = new Uint8Array(1 << 26).fill(32);
    const named = Array.from({ length: 50 }, (_, at) => `snapshots/${String(at)}.json`);
    await appendJournal(
      made.port,
      named.map((path) => ({ event: 'snapshot', path, sha256: '0'.repeat(64) })),
      author,
    );
    let reads = 0;
    const read: FolderPort['read'] = (path) => {
      if (!named.includes(path)) return made.port.read(path);
      reads += 1;
      return Promise.resolve({ value: large });
    };
    const problem = await problemOf({ ...made.port, read });
    assert.match(problemSentence(problem), /^journal\.jsonl: too large, its snapshots .* 256 MiB together\. Close the/);
    assert.ok(reads <= 5, String(reads));
  });
});
