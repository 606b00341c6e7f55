// A rotation's folder on disk: written, read back, and refused where somebody changed it.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { layOver } from '../../src/evidence/layOver';
import { toldOf } from '../../src/evidence/told';
import { scriptsToRun } from '../../src/folder/asRendered';
import { addSnapshot, createRotation, decide } from '../../src/folder/createRotation';
import { appendJournal, journalPath, verifyJournal } from '../../src/folder/journal';
import { loadRotation } from '../../src/folder/loadRotation';
import { nodeFolder, type NodeFiles } from '../../src/folder/nodeFolder';
import { readText, writeText } from '../../src/folder/port';
import { renderFolder, writeFolder } from '../../src/folder/renderFolder';
import { reportMarkdown } from '../../src/folder/reportMarkdown';
import { sha256 } from '../../src/folder/sha256';
import { type OwnResult, takeInResults, type TakenIn } from '../../src/folder/takeInResults';
import type { StepResult } from '../../src/model/result';
import { plan } from '../../src/plan/plan';
import type { Plan, Step } from '../../src/model/plan';
import { stepsOf, unreached } from '../plan/organization';
import { configText, load, makeRotation, makeWorkspace, readers, type MadeRotation, type Workspace } from './workspace';

const author = { at: '2026-11-22T21:00:00Z', by: 'user@host' };
const at = '2026-11-22T21:00:00Z';

async function planOf(made: MadeRotation): Promise<Plan> {
  const { wanted, baseline, found, rotation, inputs } = await load(made);
  assert.ok(wanted !== null);
  return plan({ wanted, baseline, found, rotation, inputs: inputs(at) });
}

function resultOf(step: Step | undefined, edit: Partial<StepResult> = {}): StepResult {
  assert.ok(step !== undefined);
  return {
    version: 1,
    step: step.id,
    run: '5b0c1d5e9a7f4c11',
    script: '0'.repeat(64),
    server: step.target.server ?? null,
    started: at,
    ended: '2026-11-22T21:00:10Z',
    outcome: 'done',
    changed: true,
    before: null,
    after: null,
    error: null,
    ...edit,
  };
}

/** Writes a result as a script does, and journals it as the extension does once it believes it. */
async function addResult(made: MadeRotation, result: StepResult): Promise<string> {
  const path = `results/${result.step}.20261122T210010Z.${result.run}.json`;
  const text = JSON.stringify(result);
  await writeText(made.port, path, text);
  await appendJournal(
    made.port,
    [{ event: 'result', step: result.step, path, sha256: sha256(text), outcome: result.outcome }],
    { ...author, at: result.ended },
  );
  return path;
}

describe('a rotation folder', () => {
  let workspace: Workspace;
  before(() => {
    workspace = makeWorkspace();
  });

  it('is read back as it was written, and gives a plan without a refusal', async () => {
    const made = await makeRotation(workspace);
    const loaded = await load(made);
    assert.deepEqual(loaded.rotation, made.rotation);
    assert.deepEqual(loaded.problems, []);
    assert.deepEqual(
      loaded.journal.map(({ event }) => event),
      ['created', 'snapshot'],
    );
    const of = await planOf(made);
    assert.deepEqual(of.refusals, []);
    assert.ok(stepsOf(of).length > 30);
  });

  it('is never made over another', async () => {
    const made = await makeRotation(workspace);
    const again = await createRotation(made.port, {
      ...made.rotation,
      baseline: { snapshot: workspace.snapshot, text: 'x' },
    });
    assert.equal(again, undefined);
    assert.equal(await readText(made.port, made.rotation.baseline.path), workspace.snapshotText);
  });

  it('holds the same bytes for the same plan, and leaves scripts that fell out where they are', async () => {
    const made = await makeRotation(workspace);
    const loaded = await load(made);
    const of = await planOf(made);
    assert.ok(loaded.wanted !== null);
    const inputs = { rotation: loaded.rotation, wanted: loaded.wanted, found: loaded.found };
    const rendered = renderFolder(of, inputs);
    const { changed: first } = await writeFolder(made.port, rendered);
    assert.ok(first.includes('plan.json') && first.includes('scripts/session.ps1'));
    assert.deepEqual(await writeFolder(made.port, renderFolder(of, inputs)), { changed: [], problems: [] });
    const fewer = new Map([...rendered].filter(([path]) => !path.includes('import-SERVER1')));
    const fallen = [...rendered].filter(([path]) => !fewer.has(path));
    assert.deepEqual(await writeFolder(made.port, fewer), { changed: [], problems: [] });
    assert.ok(fallen.length > 0);
    for (const [path, text] of fallen) assert.equal(await readText(made.port, path), text);
    assert.equal(await readText(made.port, '.gitattributes'), '* -text\n');
    assert.equal(await readText(made.port, '.gitignore'), '/rotation.lock\n');
  });

  it('carries no script of somebody else to another folder, whatever is swapped on the way', async () => {
    const made = await makeRotation(workspace);
    const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
    const old = path.join(made.folder, 'scripts', 'old');
    const planted = path.join(made.folder, 'scripts', 'profile.ps1');
    mkdirSync(old, { recursive: true });
    writeFileSync(planted, 'planted');
    // the folder was checked; before the file goes there, it is another
    const swapping: NodeFiles = {
      ...files,
      rename: async (from, to) => {
        if (from === planted) {
          rmdirSync(old);
          symlinkSync(outside, old);
        }
        await files.rename(from, to);
      },
    };
    await writeFolder(nodeFolder(made.folder, swapping), new Map([['scripts/session.ps1', 'ours']]));
    assert.deepEqual(readdirSync(outside), []);
    assert.equal(readFileSync(planted, 'utf8'), 'planted');
    assert.equal(readFileSync(path.join(made.folder, 'scripts', 'session.ps1'), 'utf8'), 'ours');
  });

  it('knows the first script that is not as rendered: changed, missing or never planned, and no signed one', async () => {
    const made = await makeRotation(workspace);
    const { rotation, wanted, found } = await load(made);
    assert.ok(wanted !== null);
    const rendered = renderFolder(await planOf(made), { rotation, wanted, found });
    await writeFolder(made.port, rendered);
    const [script = ''] = [...rendered.keys()].filter((path) => path.includes('import-SERVER1'));
    const text = rendered.get(script) ?? '';
    const session = 'scripts/session.ps1';
    const differing = async (texts = rendered): Promise<string | undefined> => {
      const scripts = await scriptsToRun(made.port, texts, script);
      return 'differing' in scripts ? scripts.differing : undefined;
    };
    assert.equal(await differing(), undefined);
    const block = '# SIG # Begin signature block\r\n# MIIF\r\n# SIG # End signature block\r\n';
    await writeText(made.port, script, `${text}${block}`);
    assert.equal(await differing(), undefined);
    await writeText(made.port, script, `${text}Write-Host 'planted'\r\n`);
    assert.equal(await differing(), script);
    await made.port.remove(script);
    assert.equal(await differing(), script);
    await writeText(made.port, script, text);
    await writeText(made.port, session, 'planted');
    assert.equal(await differing(), session);
    assert.equal(await differing(new Map()), session);
  });

  it('takes a decision into the intent, and a later one over it', async () => {
    const made = await makeRotation(workspace);
    await decide(
      made.port,
      await decide(made.port, made.rotation, { question: 'follow:hybrid', answer: 'leave' }, author),
      { question: 'follow:hybrid', answer: 'follow' },
      author,
    );
    const of = await planOf(made);
    assert.ok(of.questions.every(({ id }) => id !== 'follow:hybrid'));
    assert.ok(stepsOf(of).some(({ kind }) => kind === 'hybrid-configuration'));
  });

  it('plans with its latest snapshot, under a name of its own', async () => {
    const made = await makeRotation(workspace);
    const later = { ...workspace.snapshot, domainController: 'dc2.mydomain.com' };
    const path = await addSnapshot(made.port, later, JSON.stringify(later), author);
    assert.notEqual(path, made.rotation.baseline.path);
    assert.equal((await load(made)).found.domainController, 'dc2.mydomain.com');
    assert.equal((await load(made)).baseline.domainController, 'dc1.mydomain.com');
  });

  it('completes the baseline of a server that was down, from the first snapshot that reached it', async () => {
    const down = {
      ...workspace.snapshot,
      servers: workspace.snapshot.servers.map((row) =>
        row.name === 'SERVER3' ? { ...row, ...unreached({ ...row, certificates: null }), certificates: null } : row,
      ),
    };
    const made = await makeRotation({ ...workspace, snapshot: down, snapshotText: JSON.stringify(down) });
    assert.equal((await load(made)).baseline.servers[2]?.internalTransport, null);
    await addSnapshot(made.port, workspace.snapshot, workspace.snapshotText, author);
    const changed = {
      ...workspace.snapshot,
      servers: workspace.snapshot.servers.map((row) => ({ ...row, internalTransport: workspace.fresh.thumbprint })),
    };
    await addSnapshot(made.port, changed, JSON.stringify(changed), author);
    const { baseline, found } = await load(made);
    assert.equal(baseline.servers[2]?.internalTransport, workspace.snapshot.servers[2]?.internalTransport);
    assert.equal(found.servers[2]?.internalTransport, workspace.fresh.thumbprint);
  });

  it('keeps the full names of its baseline, whatever a later snapshot of a changed configuration tells', async () => {
    const down = {
      ...workspace.snapshot,
      servers: workspace.snapshot.servers.map((row) =>
        row.name === 'SERVER3' ? { ...row, ...unreached({ ...row, certificates: null }), certificates: null } : row,
      ),
    };
    const made = await makeRotation({ ...workspace, snapshot: down, snapshotText: JSON.stringify(down) });
    const servers = workspace.snapshot.servers.map((row) => ({ ...row, fqdn: `${row.name}.evil.example` }));
    const later = { ...workspace.snapshot, servers };
    await addSnapshot(made.port, later, JSON.stringify(later), author);
    const { baseline } = await load(made);
    assert.deepEqual(
      baseline.servers.map(({ fqdn }) => fqdn),
      workspace.snapshot.servers.map(({ fqdn }) => fqdn),
    );
    assert.notEqual(baseline.servers[2]?.certificates, null);
  });

  describe('whose baseline does not tell an internal transport certificate', () => {
    const untold = (): Workspace => {
      const servers = workspace.snapshot.servers.map((row) =>
        row.name === 'SERVER2' ? { ...row, internalTransport: null } : row,
      );
      const snapshot = { ...workspace.snapshot, servers };
      return { ...workspace, snapshot, snapshotText: JSON.stringify(snapshot) };
    };
    const told = async (made: MadeRotation): Promise<string | null | undefined> => {
      await addSnapshot(made.port, workspace.snapshot, workspace.snapshotText, author);
      return (await load(made)).baseline.servers[1]?.internalTransport;
    };

    it('learns it from a later snapshot', async () => {
      const made = await makeRotation(untold());
      assert.equal((await load(made)).baseline.servers[1]?.internalTransport, null);
      assert.equal(await told(made), workspace.snapshot.servers[1]?.internalTransport);
    });

    it('learns it from none that was taken after its services began to change', async () => {
      const made = await makeRotation(untold());
      const enable = stepsOf(await planOf(made)).find(
        ({ kind, target }) => kind === 'enable-services' && target.server === 'SERVER2',
      );
      await appendJournal(made.port, [{ event: 'run', step: enable?.id ?? '', script: '0'.repeat(64) }], author);
      assert.equal(await told(made), null);
    });
  });

  it('lays a believed result over the snapshot, its certificates read', async () => {
    const made = await makeRotation(workspace);
    const step = stepsOf(await planOf(made)).find(
      ({ kind, target }) => kind === 'back-up' && target.server === 'SERVER1',
    );
    const [row] = workspace.snapshot.servers;
    assert.ok(row !== undefined);
    await addResult(
      made,
      resultOf(step, {
        changed: true,
        after: {
          servers: [{ ...row, internalTransport: null }],
          backup: { thumbprint: workspace.old.thumbprint, verified: true, file: 'x.pfx' },
        },
      }),
    );
    const { found } = await load(made);
    assert.equal(found.servers[0]?.internalTransport, null);
    assert.equal(found.servers[0].certificates?.[0]?.facts?.thumbprint, workspace.old.thumbprint);
    assert.deepEqual(found.backups, [
      { server: 'SERVER1', thumbprint: workspace.old.thumbprint, verified: true, at: '2026-11-22T21:00:10Z' },
    ]);
  });

  describe('does not believe', () => {
    it('a result that the journal does not name', async () => {
      const made = await makeRotation(workspace);
      const step = stepsOf(await planOf(made)).find(({ kind }) => kind === 'back-up');
      await writeText(made.port, 'results/x.json', JSON.stringify(resultOf(step, { after: { copiesDeleted: true } })));
      assert.deepEqual((await load(made)).results, []);
    });

    describe('what is in results/, whatever it claims', () => {
      interface Bed {
        readonly made: MadeRotation;
        readonly result: StepResult;
        readonly own: OwnResult;
        readonly take: (own?: readonly OwnResult[]) => Promise<TakenIn>;
      }
      const open = async (): Promise<Bed> => {
        const made = await makeRotation(workspace);
        const result = resultOf(stepsOf(await planOf(made)).find(({ kind }) => kind === 'back-up'));
        const { step, run, script, server } = result;
        const text = JSON.stringify({ ...result, outcome: 'failed' });
        const own = { name: `${step}.20261122T210010Z.${run}.json`, text, expected: { step, run, script, server } };
        const take = async (given: readonly OwnResult[] = []): Promise<TakenIn> =>
          takeInResults(made.port, { journal: (await load(made)).journal, own: given, readers }, author);
        return { made, result, own, take };
      };
      const forged: readonly [string, string][] = [
        ['with an earlier stamp', '20261122T200000Z'],
        ['under the same name', '20261122T210010Z'],
      ];
      for (const [how, stamp] of forged) {
        it(`as the result of the same run ${how}: that of the run's own folder is believed, and kept as its record`, async () => {
          const { made, result, own, take } = await open();
          const path = `results/${result.step}.${stamp}.${result.run}.json`;
          await writeText(made.port, path, JSON.stringify(result));
          const { believed, foreign } = await take([own]);
          assert.deepEqual(
            believed.map(({ outcome }) => outcome),
            ['failed'],
          );
          assert.deepEqual(foreign, [{ path, why: 'other-run' }]);
          const { results, problems } = await load(made);
          assert.deepEqual([results.map(({ outcome }) => outcome), problems], [['failed'], []]);
        });
      }

      it('though nothing is expected any more, or a name is none that a script writes', async () => {
        const { made, result, own, take } = await open();
        await take([own]);
        for (const name of ['a.json', 'b.json', 'c d:*.json'])
          await writeText(made.port, `results/${name}`, JSON.stringify(result));
        assert.deepEqual(await take(), {
          believed: [],
          foreign: ['a', 'b'].map((name) => ({ path: `results/${name}.json`, why: 'other-run' })),
        });
        assert.deepEqual(await take(), { believed: [], foreign: [] });
        assert.deepEqual((await load(made)).problems, []);
      });

      it('of a run by hand, whose result comes into the record as a hint', async () => {
        const { made, result, own, take } = await open();
        const byHand = { ...own, text: JSON.stringify({ ...result, run: 'by-hand' }), expected: undefined };
        const { believed, foreign } = await take([byHand]);
        assert.deepEqual([believed, foreign], [[], [{ path: `results/${own.name}`, why: 'by-hand' }]]);
        assert.equal(await readText(made.port, `results/${own.name}`), byHand.text);
        assert.deepEqual(await take([byHand]), { believed: [], foreign: [] });
      });

      it('and takes a result in once, though it is found again after a crash', async () => {
        const { made, own, take } = await open();
        assert.equal((await take([own])).believed.length, 1);
        assert.deepEqual(await take([own]), { believed: [], foreign: [] });
        assert.equal((await load(made)).results.length, 1);
      });
    });

    it('a result that was changed after it was believed', async () => {
      const made = await makeRotation(workspace);
      const path = await addResult(made, resultOf(stepsOf(await planOf(made)).find(({ kind }) => kind === 'back-up')));
      await writeText(made.port, path, `${(await readText(made.port, path)) ?? ''} `);
      const { results, problems } = await load(made);
      assert.deepEqual(results, []);
      assert.deepEqual(problems, [{ path, code: 'changed', detail: '' }]);
    });

    it('what follows a journal line that was changed', async () => {
      const made = await makeRotation(workspace);
      await appendJournal(
        made.port,
        [
          { event: 'decision', question: 'q', answer: 'yes' },
          { event: 'decision', question: 'q', answer: 'no' },
        ],
        author,
      );
      const text = (await readText(made.port, journalPath)) ?? '';
      const edited = verifyJournal(text.replace('"answer":"yes"', '"answer":"yea"'));
      assert.deepEqual(
        edited.problems.map(({ code }) => code),
        ['chain-broken'],
      );
      assert.equal(edited.lines.length, 3);
      const cut = verifyJournal(text.split('\n').slice(1).join('\n'));
      assert.equal(cut.lines.length, 0);
    });

    it('a baseline that was changed, and then makes no plan at all', async () => {
      const made = await makeRotation(workspace);
      await writeText(made.port, made.rotation.baseline.path, workspace.snapshotText.replace('SERVER1', 'SERVER9'));
      const read = await loadRotation(made.port, { readers, configText, now: at });
      assert.ok('problem' in read && read.problem.code === 'changed');
    });
  });

  it('passes over a line that a crash tore off, and goes on after it', async () => {
    const made = await makeRotation(workspace);
    await made.port.append(journalPath, () => '{"event":"dec');
    await appendJournal(made.port, [{ event: 'decision', question: 'q', answer: 'yes' }], author);
    const { lines, problems } = verifyJournal((await readText(made.port, journalPath)) ?? '');
    assert.deepEqual(
      lines.map(({ event }) => event),
      ['created', 'snapshot', 'decision'],
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['torn-line'],
    );
  });

  const hostile: readonly [string, string, string][] = [
    ['is no JSON', '{', 'not-json'],
    ['is of a newer version', '{"version":2}', 'newer-version'],
    ['is of no version there is', '{"version":"0"}', 'other-version'],
    ['has a name that is a path', '"name":"../../x"', 'malformed'],
    ['names a baseline by a full path', '"path":"/etc/passwd"', 'malformed'],
    ['is a list', '[]', 'malformed'],
  ];
  for (const [title, edit, code] of hostile) {
    it(`refuses a rotation.json that ${title}`, async () => {
      const made = await makeRotation(workspace);
      const text = (await readText(made.port, 'rotation.json')) ?? '';
      const key = /^"(\w+)":/.exec(edit)?.[1];
      await writeText(
        made.port,
        'rotation.json',
        key === undefined ? edit : text.replaceAll(new RegExp(`"${key}": "[^"]*"`, 'g'), edit),
      );
      const read = await loadRotation(made.port, { readers, configText, now: at });
      assert.ok('problem' in read, 'it was read');
      assert.equal(read.problem.code, code);
    });
  }

  it('shows names that would be markup in plan.md and report.md as text', async () => {
    const evil = '<img src=x onerror=alert(1)>`$(calc)`|[x](javascript:1)';
    const rows = workspace.snapshot.servers.map((row) => ({
      ...row,
      receiveConnectors: [
        ...(row.receiveConnectors ?? []),
        {
          identity: `${row.name}\\${evil}`,
          guid: null,
          role: null,
          bindings: null,
          enabled: true,
          authMechanism: null,
          tlsCertificateName: workspace.old.tlsCertificateName,
        },
      ],
    }));
    const snapshot = { ...workspace.snapshot, servers: rows };
    const made = await makeRotation(
      { ...workspace, snapshot, snapshotText: JSON.stringify(snapshot) },
      {
        decisions: [
          { question: evil, answer: `${evil}\u001b[31m`, at, by: evil },
          { question: `follow:receive-connector:SERVER1\\${evil}`, answer: 'follow', at, by: 'x' },
        ],
      },
    );
    const loaded = await load(made);
    const of = await planOf(made);
    assert.ok(loaded.wanted !== null);
    const rendered = renderFolder(of, { rotation: loaded.rotation, wanted: loaded.wanted, found: loaded.found });
    const report = reportMarkdown(
      { plan: of, found: loaded.found, rotation: loaded.rotation, now: at, runs: loaded.runs },
      loaded.journal,
    );
    for (const text of [rendered.get('plan.md') ?? '', report]) {
      assert.ok(text.includes('onerror'), 'it is there');
      assert.doesNotMatch(text, /(?<!\\)<img/);
      assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f]/);
      assert.doesNotMatch(text, /(?<!\\)\]\(javascript/);
    }
    assert.ok([...rendered.keys()].every((path) => /^[A-Za-z0-9._/-]+$/.test(path)));
  });

  it('keeps assignments over a later snapshot that does not tell them', async () => {
    const made = await makeRotation(workspace);
    const [row] = workspace.snapshot.servers;
    const [certificate] = row?.certificates ?? [];
    assert.ok(row !== undefined && certificate !== undefined);
    const { found } = await load(made);
    const result = resultOf(
      stepsOf(await planOf(made)).find(({ kind }) => kind === 'enable-services'),
      {
        ended: '2026-11-22T20:00:00Z',
        after: { servers: [{ ...row, certificates: [{ ...certificate, assigned: ['POP'] }] }] },
      },
    );
    const readServer = (): never => assert.fail('an older row is not laid over');
    const event = { event: 'result', step: result.step, path: 'x', sha256: '', outcome: 'done' } as const;
    const told = toldOf([{ ...event, ...author, previous: '' }], () => result, at);
    const laid = layOver(found, { told, place: 1, readServer });
    assert.deepEqual(laid.servers[0]?.certificates?.[0]?.assigned, ['POP']);
  });
});
