// Scripts in the real shell run from a folder that nobody else writes to: what is put in their place in the rotation's folder is not run or believed.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { parseConfig } from '../../src/config/parseConfig';
import { createRotation } from '../../src/folder/createRotation';
import type { Step } from '../../src/model/plan';
import type { Snapshot } from '../../src/model/snapshot';
import { renderSnapshotScript } from '../../src/powershell/renderStep';
import { openInTerminal } from '../../src/ui/rotation/openInTerminal';
import { runInWindow } from '../../src/ui/rotation/run';
import { terminalName } from '../../src/ui/rotation/windowPort';
import { runOwnScript } from '../../src/ui/shell/ownScript';
import { removeStaleRuns } from '../../src/ui/shell/runFolders';
import { releaseLocks } from '../../src/ui/state/rotationLock';
import { rotationFolder } from '../../src/ui/state/rotationWitness';
import { workspaceFiles } from '../../src/ui/state/workspaceFiles';
import { createWorkspace, type Workspace } from '../../src/ui/workspace';
import { rotation as intent, unreached } from '../plan/organization';
import { configUri, newMemento, until, workspaceFolder } from './sample';

/** Waits for the journal to tell of a run, as whoever reads the workspace can; then acts. */
const attacker = (act: string): string => `
  const fs = require('node:fs');
  const path = require('node:path');
  const [journal, script, marker, runs] = process.argv.slice(1);
  const timer = setInterval(() => {
    const line = fs.readFileSync(journal, 'utf8').split('\\n').find((one) => one.includes('"event":"run"'));
    if (line === undefined) return;
    clearInterval(timer);
    const { step, script: hash } = JSON.parse(line);
    ${act}
    process.stdout.write('done');
  }, 1);`;

const plant = `fs.writeFileSync(script, "Set-Content -LiteralPath '" + marker + "' -Value planted");`;

/** The run's id is told to it: at best it could be seen over the person's shoulder. */
const forge = `
  const [group] = fs.readdirSync(runs).filter((name) => name !== 'own');
  const [run] = fs.readdirSync(path.join(runs, group));
  const results = path.join(path.dirname(journal), 'results');
  fs.mkdirSync(results, { recursive: true });
  const at = '2026-11-22T20:00:00Z';
  const result = { version: 1, step, run, script: hash, server: null, started: at, ended: at, outcome: 'failed', changed: true,
    before: null, after: null, error: { command: null, category: null, message: 'forged', position: null } };
  fs.writeFileSync(path.join(results, step + '.20261122T200000Z.' + run + '.json'), JSON.stringify(result));`;

describe('What runs in the terminal', () => {
  let home: string;
  let context: vscode.ExtensionContext;
  let workspace: Workspace;
  let snapshot: Snapshot;
  let folder: string;
  let step: Step;
  const processes: ChildProcess[] = [];
  const marker = (): string => path.join(home, 'marker');
  const runs = (): string => path.join(home, 'storage', 'runs');
  const runFolders = (): readonly string[] =>
    existsSync(runs())
      ? readdirSync(runs(), { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('own'))
      : [];
  const script = (): string => path.join(folder, step.script ?? '');
  const journal = (): readonly Record<string, unknown>[] =>
    readFileSync(path.join(folder, 'journal.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const told = (event: string): readonly Record<string, unknown>[] =>
    journal().filter((line) => line['event'] === event);

  before(async function () {
    this.timeout(120_000);
    home = mkdtempSync(path.join(tmpdir(), 'run-folder-'));
    const storage = vscode.Uri.file(path.join(home, 'storage'));
    context = { workspaceState: newMemento(), globalStorageUri: storage, storageUri: storage } as never;
    const { wanted } = parseConfig(readFileSync(configUri().fsPath, 'utf8'));
    assert.ok(wanted !== null);
    const end = await runOwnScript(context, {
      name: 'take-snapshot',
      text: renderSnapshotScript(wanted),
      step: 'snapshot',
      terminal: 'Run folder snapshot',
    });
    assert.ok(end.end === 'believed', JSON.stringify(end));
    assert.ok(end.result.after?.snapshot !== undefined, JSON.stringify(end.result.error));
    snapshot = end.result.after.snapshot;
  });

  beforeEach(async () => {
    folder = path.join(workspaceFolder().fsPath, 'rotations', path.basename(mkdtempSync(path.join(home, 'r'))));
    context = { ...context, workspaceState: newMemento() };
    // one server was down, so that a step takes the snapshot again
    const servers = snapshot.servers.map((row) =>
      row.name === 'SERVER3' ? { ...row, ...unreached({ ...row, certificates: null }), certificates: null } : row,
    );
    const baseline = { ...snapshot, servers };
    const https = snapshot.servers[0]?.bindings?.find(({ port }) => port === 443)?.httpSys;
    assert.ok(https != null);
    await createRotation(await rotationFolder(folder, context.workspaceState), {
      ...intent(),
      config: { path: '../../exchange-certificates.yaml', certificate: 'www' },
      from: { thumbprint: https },
      created: snapshot.taken,
      baseline: { snapshot: baseline, text: JSON.stringify(baseline) },
    });
    workspace = createWorkspace(context, () => Promise.resolve(workspaceFiles(context)));
    await workspace.useRotation(vscode.Uri.file(folder));
    const first = workspace.rotation?.plan.phases
      .flatMap(({ steps }) => steps)
      .find(({ kind }) => kind === 'take-snapshot');
    assert.ok(first !== undefined, workspace.rotationProblem?.text ?? 'no step takes a snapshot');
    step = first;
  });

  afterEach(async () => {
    for (const one of processes.splice(0)) one.kill();
    const { rotation } = workspace;
    for (const terminal of vscode.window.terminals) {
      if (rotation !== undefined && terminal.name === terminalName(rotation)) terminal.dispose();
    }
    workspace.dispose();
    await releaseLocks();
    for (const gone of [marker(), path.dirname(folder), runs()]) rmSync(gone, { recursive: true, force: true });
  });
  after(() => {
    rmSync(home, { recursive: true, force: true });
  });

  /** Another process; resolves once it has done what it is to do. */
  const attack = (act: string): Promise<void> => {
    const given = [path.join(folder, 'journal.jsonl'), script(), marker(), runs()];
    const child = spawn(process.execPath, ['-e', attacker(act), ...given], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    processes.push(child);
    return new Promise((resolve) => child.stdout.once('data', () => resolve()));
  };
  const run = (): Promise<void> => runInWindow(workspace)({ scope: 'step', id: step.id });

  it('is the script that was compared, though it is replaced the moment its run is told', async () => {
    const [replaced] = await Promise.all([attack(plant).then(() => true), run()]);
    assert.equal(replaced, true);
    assert.equal(existsSync(marker()), false, 'the planted script ran');
    assert.deepEqual(
      told('result').map(({ outcome }) => outcome),
      ['done'],
    );
  });

  it('is believed by where its result is, whatever an earlier one of the same run claims', async () => {
    await Promise.all([attack(forge), run()]);
    await workspace.refresh();
    assert.deepEqual(
      told('result').map(({ outcome }) => outcome),
      ['done'],
    );
    assert.deepEqual(
      told('foreign').map(({ why }) => why),
      ['other-run'],
    );
  });

  it('is what was compared when its line was typed for a person, whenever that presses Enter; its result is a hint', async () => {
    const { rotation } = workspace;
    assert.ok(rotation !== undefined);
    await openInTerminal(step, rotation, workspace);
    writeFileSync(script(), `Set-Content -LiteralPath '${marker()}' -Value planted`);
    const terminal = vscode.window.terminals.find(({ name }) => name === terminalName(rotation));
    assert.ok(terminal !== undefined);
    terminal.sendText('', true);
    await until('a result in the record', async () => {
      await workspace.refresh();
      return told('foreign').length > 0;
    });
    assert.equal(existsSync(marker()), false, 'the planted script ran');
    assert.deepEqual([told('foreign')[0]?.['why'], told('result')], ['by-hand', []]);
    assert.ok(existsSync(path.join(folder, String(told('foreign')[0]?.['path']))));
  });

  it('leaves its script and result in the record, and nothing in its own folder once the rotation is closed', async () => {
    await run();
    assert.ok(runFolders().some((name) => name.endsWith('.ps1')));
    const [result] = told('result');
    assert.ok(existsSync(path.join(folder, String(result?.['path']))));
    assert.ok(existsSync(script()));
    await workspace.useRotation(undefined);
    assert.deepEqual(runFolders(), []);
  });

  it('runs nowhere in a workspace: it is refused, with the setting that names another place', async () => {
    const inside = vscode.Uri.joinPath(workspaceFolder(), 'storage');
    const end = await runOwnScript(
      { ...context, globalStorageUri: inside },
      {
        ...{ name: 'a', text: '', step: 'snapshot', terminal: 'Run folder snapshot' },
      },
    );
    assert.ok(end.end === 'no-folder', JSON.stringify(end));
    assert.match(
      end.why.text,
      /is in the workspace .*\. Name another folder in the setting exchangeCertificates\.runFolder\.$/,
    );
    assert.equal(existsSync(inside.fsPath), false);
  });

  describe('and was left behind', () => {
    const gone = async (): Promise<number> => {
      const child = spawn(process.execPath, ['-e', ''], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
      await new Promise((resolve) => child.once('exit', resolve));
      return child.pid ?? 0;
    };
    interface Left {
      readonly window: number;
      readonly shell?: number;
      readonly result?: true;
      readonly taken?: true;
    }
    const leave = (name: string, users: Left | undefined): string => {
      const left = path.join(runs(), '0123456789abcdef', name);
      mkdirSync(path.join(left, 'results'), { recursive: true });
      if (users !== undefined) writeFileSync(path.join(left, 'users.json'), JSON.stringify(users));
      if (users?.result === true) writeFileSync(path.join(left, 'results', 'a.json'), '{}');
      if (users?.taken === true) writeFileSync(path.join(left, 'taken'), '');
      return left;
    };
    const name = 'fedcba9876543210';
    const cases: readonly [claim: string, isRemoved: boolean, of: (dead: number) => Left | undefined][] = [
      ['goes where window and shell are gone', true, (dead) => ({ window: dead, shell: dead })],
      ['goes where its result was taken in', true, (dead) => ({ window: dead, result: true, taken: true })],
      ['stays where its result was not taken in yet', false, (dead) => ({ window: dead, result: true })],
      ['stays where its shell runs', false, (dead) => ({ window: dead, shell: process.pid })],
      ['stays where its window runs', false, (dead) => ({ window: process.pid, shell: dead })],
      ['stays where it is not marked as ours', false, () => undefined],
    ];
    for (const [claim, isRemoved, of] of cases) {
      it(claim, async () => {
        const left = leave(name, of(await gone()));
        await removeStaleRuns(context);
        assert.equal(existsSync(left), !isRemoved);
      });
    }

    it('stays where its name is none of ours', async () => {
      const dead = await gone();
      const left = leave('my own scripts', { window: dead });
      await removeStaleRuns(context);
      assert.equal(existsSync(left), true);
    });
  });
});
