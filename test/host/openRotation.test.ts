// A rotation's folder as a window of the real host holds it: what it believes, what it writes, and whom it lets write.
import assert from 'node:assert/strict';
import { appendFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { scriptsToRun } from '../../src/folder/asRendered';
import { appendJournal, headOf, verifyJournal } from '../../src/folder/journal';
import type { JournalEvent } from '../../src/model/result';
import { writeText } from '../../src/folder/port';
import { sha256 } from '../../src/folder/sha256';
import { author, openRotation, type ClosedRotation, type OpenRotation } from '../../src/ui/state/openRotation';
import { runInWindow } from '../../src/ui/rotation/run';
import { releaseLocks, requireLock } from '../../src/ui/state/rotationLock';
import { rotationFolder, witness } from '../../src/ui/state/rotationWitness';
import { workspaceFiles } from '../../src/ui/state/workspaceFiles';
import type { State, Workspace as OpenWorkspace } from '../../src/ui/workspace';
import { makeRotation, makeWorkspace, type MadeRotation, type Workspace } from '../folder/workspace';
import { newMemento } from './sample';

function opened(rotation: OpenRotation | ClosedRotation | undefined): OpenRotation {
  assert.ok(rotation !== undefined && 'plan' in rotation, JSON.stringify(rotation));
  return rotation;
}

describe('An open rotation', () => {
  let workspace: Workspace;
  let mine: vscode.Memento;
  let made: MadeRotation;
  const file = (name: string): string => path.join(made.folder, name);
  const open = async (memento = mine): Promise<OpenRotation> =>
    opened(await openRotation(vscode.Uri.file(made.folder), memento));

  before(() => {
    workspace = makeWorkspace();
  });
  beforeEach(async () => {
    mine = newMemento();
    made = await makeRotation(workspace, {}, (folder) => rotationFolder(folder, mine));
  });
  afterEach(() => releaseLocks());

  it('is its own where this window made it', async () => {
    const { isForeign, lockedBy, mayWrite } = await open();
    assert.deepEqual([isForeign, lockedBy, mayWrite], [false, undefined, true]);
  });

  it('keeps the journal whole when lines are added at once', async () => {
    const rotation = await open();
    const add = (what: string): Promise<void> => rotation.journal([{ event: 'confirmed', step: '3f9a01c2', what }]);
    const again = await open();
    await Promise.all([
      ...['one', 'two', 'three'].map(add),
      again.journal([{ event: 'confirmed', step: '3f9a01c2', what: 'four' }]),
      open(),
    ]);
    const { lines, problems } = verifyJournal(await readFile(file('journal.jsonl'), 'utf8'));
    assert.deepEqual([lines.length, problems], [6, []]);
    assert.equal((await open()).isForeign, false);
  });

  const foreign: readonly [string, () => Promise<unknown>][] = [
    ['its journal was written on', () => appendFile(file('journal.jsonl'), '{}\n')],
    ['its journal was taken away', () => rm(file('journal.jsonl'))],
    ['a decision was written into its intent', () => addDecision('no-backup:SERVER1', 'accept')],
    [
      'the order of its servers was changed',
      () => editIntent((intent) => ({ ...intent, servers: [...(intent['servers'] as string[])].reverse() })),
    ],
  ];
  const editIntent = async (edit: (intent: Record<string, unknown>) => object): Promise<void> => {
    const intent = JSON.parse(await readFile(file('rotation.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(file('rotation.json'), JSON.stringify(edit(intent)));
  };
  const addDecision = (question: string, answer: string): Promise<void> =>
    editIntent((intent) => ({
      ...intent,
      decisions: [{ question, answer, at: '2026-11-22T20:00:00Z', by: 'someone@else' }],
    }));
  for (const [what, change] of foreign) {
    it(`is another's word where ${what}, until a person goes on with it`, async () => {
      await change();
      const rotation = await open();
      assert.deepEqual([rotation.isForeign, rotation.mayWrite], [true, false]);
      await witness(made.folder, rotation.seen, mine);
      assert.equal((await open()).isForeign, false);
    });
  }

  it('is not gone on with where a newer version wrote into it, and says so', async () => {
    const newer = { event: 'rolled-back', step: '3f9a01c2' } as unknown as JournalEvent;
    await appendJournal(made.port, [newer], author());
    const closed = await openRotation(vscode.Uri.file(made.folder), mine);
    assert.ok(closed !== undefined && 'problem' in closed);
    assert.match(closed.problem.text, /journal\.jsonl:3 was written by a newer version .*Update the extension/);
  });

  it("is another's word in a window that never saw it, also without a journal", async () => {
    assert.equal((await open(newMemento())).isForeign, true);
    await rm(file('journal.jsonl'));
    assert.equal((await open(newMemento())).isForeign, true);
  });

  it('adds nothing to a journal that was written elsewhere', async () => {
    const rotation = await open();
    await appendJournal(makePort(), [{ event: 'confirmed', step: '3f9a01c2', what: 'elsewhere' }], author());
    await assert.rejects(
      rotation.journal([{ event: 'confirmed', step: '3f9a01c2', what: 'here' }]),
      /written elsewhere/,
    );
    assert.doesNotMatch(await readFile(file('journal.jsonl'), 'utf8'), /"here"/);
  });
  /** The folder as somebody else writes into it. */
  const makePort = (): MadeRotation['port'] => ({
    ...made.port,
    append: async (name, more) => appendFile(file(name), more(await readFile(file(name), 'utf8'))),
  });

  it('says who writes where another window does, and is only read here', async () => {
    const holder = { host: os.hostname(), process: process.ppid, user: 'colleague', at: 'then' };
    await writeFile(file('rotation.lock'), JSON.stringify(holder));
    const rotation = await open();
    assert.match(rotation.lockedBy?.text ?? '', /^The rotation is open for writing by colleague on .* since then\./);
    assert.equal(rotation.mayWrite, false);
    await assert.rejects(requireLock(rotation), /colleague/);
  });

  it('takes over a lock that a person says is gone, and gives back its own alone', async () => {
    const holder = { host: 'elsewhere', process: 1, user: 'colleague', at: 'then' };
    await writeFile(file('rotation.lock'), JSON.stringify(holder));
    const rotation = await open();
    await requireLock(rotation, () => Promise.resolve(true));
    assert.equal((await open()).lockedBy, undefined);
    await releaseLocks(rotation.folder);
    assert.match(await readFile(file('rotation.lock'), 'utf8'), new RegExp(`"process": ${process.pid}`));
    await releaseLocks();
    await assert.rejects(readFile(file('rotation.lock')), { code: 'ENOENT' });
  });

  it('says which configuration is not there, and stays closed', async () => {
    await editIntent((intent) => ({ ...intent, config: { path: '../../gone.yaml', certificate: 'www' } }));
    const rotation = await openRotation(vscode.Uri.file(made.folder), mine);
    assert.ok(rotation !== undefined && 'problem' in rotation);
    assert.match(rotation.problem.text, /names the configuration .*gone\.yaml, which is not there/);
  });

  it('journals a result that no run of this window wrote as foreign, once', async () => {
    const result = { version: 1, step: '3f9a01c2', run: 'by-hand', script: '0'.repeat(64), server: 'SERVER1' };
    const times = { started: '2026-11-22T21:00:00Z', ended: '2026-11-22T21:00:10Z' };
    const rest = { outcome: 'done', changed: true, before: null, after: null, error: null };
    await writeText(made.port, 'results/a.json', JSON.stringify({ ...result, ...times, ...rest }));
    await writeText(made.port, 'results/b.json', '{');
    for (let reading = 0; reading < 2; reading += 1) {
      const { rotation } = await readWorkspace();
      const told = opened(rotation).loaded.journal.flatMap((line) => (line.event === 'foreign' ? [line] : []));
      assert.deepEqual(
        told.map(({ path: name, why }) => [name, why]),
        [
          ['results/a.json', 'by-hand'],
          ['results/b.json', 'not-json'],
        ],
      );
    }
  });

  it('is shown with its own configuration and its own findings, whichever was chosen', async () => {
    const other = vscode.Uri.file(path.join(workspace.folder, 'a-exchange-certificates.yaml'));
    await writeFile(other.fsPath, (await readFile(workspace.config, 'utf8')).replace('Contoso', 'Fabrikam'));
    const { config, rotation } = await readWorkspace([other], other);
    assert.equal(config?.uri.fsPath, workspace.config);
    assert.equal(config.uri.toString(), opened(rotation).config.toString());
  });
  const readWorkspace = (others: readonly vscode.Uri[] = [], chosen?: vscode.Uri): Promise<State> =>
    workspaceFiles({ workspaceState: mine, storageUri: undefined } as unknown as vscode.ExtensionContext).read({
      configs: [...others, vscode.Uri.file(workspace.config)],
      chosen,
      rotation: vscode.Uri.file(made.folder),
      seen: [],
      before: { configs: [] } as unknown as State,
    });

  const loop = async (name: string): Promise<void> => {
    await rm(file(name), { recursive: true, force: true });
    await symlink(path.basename(name), file(name));
  };
  const folderInstead = async (name: string): Promise<void> => {
    await rm(file(name), { recursive: true, force: true });
    await mkdir(path.join(file(name), 'x'), { recursive: true });
  };
  const addLine = async (line: object): Promise<void> => {
    const text = await readFile(file('journal.jsonl'), 'utf8');
    const previous = headOf(text);
    await appendFile(
      file('journal.jsonl'),
      `${JSON.stringify({ at: made.rotation.created, by: 'x', previous, ...line })}\n`,
    );
  };
  const editBaseline = async (edit: (snapshot: Record<string, unknown>) => object): Promise<void> => {
    const text = JSON.stringify(edit(JSON.parse(workspace.snapshotText) as Record<string, unknown>));
    await writeFile(file(made.rotation.baseline.path), text);
    await editIntent((intent) => ({
      ...intent,
      baseline: { path: made.rotation.baseline.path, sha256: sha256(text) },
    }));
  };
  const wrong = Array.from({ length: 19_999 }, () => 0);
  const baseline = (): string => made.rotation.baseline.path;
  /** What a stranger may lay into the folder, and what is said of it; undefined: the rotation is open all the same. */
  const odd: readonly [string, () => Promise<unknown>, RegExp | undefined][] = [
    [
      'a journal line with a path of 3,000 characters',
      () => addLine({ event: 'snapshot', path: 'a'.repeat(3000), sha256: '0'.repeat(64) }),
      undefined,
    ],
    [
      'an intent that is a folder',
      () => folderInstead('rotation.json'),
      /rotation\.json cannot be read: it is not a reg/,
    ],
    [
      'a journal that is a folder',
      () => folderInstead('journal.jsonl'),
      /journal\.jsonl cannot be read: it is not a reg/,
    ],
    ['a baseline that is a folder', () => folderInstead(baseline()), /snapshots\/\S+ cannot be read: it is not a reg/],
    ['a lock that is a folder', () => folderInstead('rotation.lock'), undefined],
    ['results that are a file', () => writeFile(file('results'), ''), /results: it is a file where a folder should be/],
    ['scripts that are a file', () => writeFile(file('scripts'), ''), undefined],
    ['an intent that is a link to itself', () => loop('rotation.json'), /it is a link or a junction/],
    ['a journal that is a link to itself', () => loop('journal.jsonl'), /it is a link or a junction/],
    ['a baseline that is a link to itself', () => loop(baseline()), /it is a link or a junction/],
    ['results that are a link to themselves', () => loop('results'), /it is a link or a junction/],
    [
      'half a character in the name of the domain controller',
      () => editBaseline((snapshot) => ({ ...snapshot, domainController: 'dc1\ud800.mydomain.com' })),
      undefined,
    ],
    [
      'a baseline with a hundred and sixty thousand wrong parts',
      () =>
        editBaseline((snapshot) => ({
          ...snapshot,
          servers: (snapshot['servers'] as object[]).map((row) => ({ ...row, certificates: wrong, bindings: wrong })),
        })),
      /cannot be read: malformed/,
    ],
  ];
  for (const [what, prepare, problem] of odd)
    it(`never stops the window: ${what}`, async () => {
      await prepare();
      const { rotation, rotationProblem, configs } = await readWorkspace();
      assert.equal(configs.length, 1);
      if (problem === undefined) {
        opened(rotation);
      } else {
        assert.equal(rotation, undefined);
        assert.match(rotationProblem?.text ?? '', problem);
      }
    });

  it('is refused in a word where half a character would stand in its scripts', async () => {
    await editBaseline((snapshot) => ({ ...snapshot, domainController: 'dc1\ud800.mydomain.com' }));
    const { plan } = await open();
    assert.deepEqual(
      plan.refusals.map(({ code, where }) => [code, where]),
      [['unusable-text', 'The domain controller']],
    );
  });

  it('stands beside a configuration with a hundred and thirty thousand wrong items, which has a problem', async () => {
    const other = vscode.Uri.file(path.join(workspace.folder, 'a-exchange-certificates.yaml'));
    await writeFile(other.fsPath, `servers: [${'1,'.repeat(130_000)}1]\n`);
    const { configs, rotation } = await readWorkspace([other]);
    opened(rotation);
    assert.deepEqual(
      configs[0]?.parsed.problems.map(({ code }) => code),
      ['too-many-problems'],
    );
  });

  it('stands beside configurations that are no files, or too large, which have a problem each', async () => {
    const at = (name: string): vscode.Uri => vscode.Uri.file(path.join(workspace.folder, name));
    await mkdir(at('folder.yaml').fsPath, { recursive: true });
    await writeFile(at('large.yaml').fsPath, '#'.repeat((1 << 21) + 1));
    await rm(at('device.yaml').fsPath, { force: true });
    await symlink('/dev/zero', at('device.yaml').fsPath);
    const { configs } = await readWorkspace(['folder.yaml', 'large.yaml', 'device.yaml'].map(at));
    assert.deepEqual(
      configs.slice(0, 3).map(({ parsed }) => parsed.problems.map(({ code }) => code)),
      [['unreadable'], ['unreadable'], ['unreadable']],
    );
  });

  it('goes on where its report cannot be written', async () => {
    const rotation = await open();
    await mkdir(file('report.md'));
    await workspaceFiles({ workspaceState: mine } as unknown as vscode.ExtensionContext).write(rotation);
    assert.ok((await readFile(file('plan.md'), 'utf8')).length > 0);
  });

  it('writes plan, scripts and report, and refuses a script that somebody changed since', async () => {
    const rotation = await open();
    const files = workspaceFiles({ workspaceState: mine } as unknown as vscode.ExtensionContext);
    await files.write(rotation);
    assert.match(await readFile(file('report.md'), 'utf8'), /^# Report: /);
    const step = rotation.plan.phases.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'back-up');
    const script = step?.script;
    assert.ok(step !== undefined && script != null);
    const isAsRendered = async (): Promise<boolean> =>
      'texts' in (await scriptsToRun(rotation.port, rotation.rendered, script));
    assert.equal(await isAsRendered(), true);
    await appendFile(file(script), "\r\nWrite-Host 'planted'\r\n");
    assert.equal(await isAsRendered(), false);
    const asks = {
      rotation,
      refresh: () => Promise.resolve(),
      context: { workspaceState: mine },
    } as unknown as OpenWorkspace;
    await runInWindow(asks)({ scope: 'step', id: step.id });
    const { label = '' } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.equal(label, `${script}: rendered ↔ on disk`);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await files.write(rotation);
    assert.equal(await isAsRendered(), true);
  });
});
