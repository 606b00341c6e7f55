// *Take snapshot*: a generated read-only script, run in the terminal; an open rotation gets a copy and plans from it.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commands, views } from '../commands';
import type { Snapshot } from '../../model/snapshot';
import { author, requireLock } from '../openRotation';
import { log, showFailure } from '../output';
import { register } from '../register';
import { organizationRooms } from '../rooms';
import { snapshotFolder, writeSnapshot, type SnapshotFolder } from '../snapshotStore';
import { requireTrust } from '../trust';
import type { ConfigFile, Workspace } from '../workspace';
import { newRun, runScript } from '../runScript';

/** The step id that a snapshot outside a rotation carries. */
const snapshotStep = 'snapshot';

export function registerSnapshot(workspace: Workspace): vscode.Disposable {
  return register(commands.takeSnapshot, async () => {
    if (!requireTrust()) {
      return;
    }
    await workspace.refresh();
    await takeSnapshot(workspace);
  });
}

async function takeSnapshot(workspace: Workspace): Promise<void> {
  const { config } = workspace;
  if (!config?.wanted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('A snapshot needs a configuration that can be read: it names the servers.'),
    );
    return;
  }
  const folder = snapshotFolder(workspace.context, config.uri);
  if (folder === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('A snapshot needs a folder on this machine: its script runs in a terminal.'),
    );
    return;
  }
  const { script, hash } = await writeScripts(folder, config);
  const run = newRun();
  const end = await vscode.window.withProgress({ location: { viewId: views.organization } }, () =>
    runScript({ terminal: snapshotTerminal(), script, results: folder.results, run }, workspace.context.workspaceState),
  );
  if (end.end !== 'result') {
    if (end.end !== 'no-terminal') {
      await sayNothingCame();
    }
    return;
  }
  const snapshot = await keepSnapshot(folder, end.file, { run, hash });
  if (snapshot !== undefined && workspace.rotation !== undefined && !workspace.rotation.isForeign) {
    const { addSnapshot, renderJson } = await organizationRooms();
    await requireLock(workspace.rotation.port);
    await addSnapshot(workspace.rotation.port, snapshot, renderJson(snapshot), author());
  }
  await workspace.publish();
}

/** The terminal of what runs outside a rotation. */
export function snapshotTerminal(): string {
  return vscode.l10n.t('Exchange snapshot');
}

/** A policy that refuses scripts leaves no result: where that is the reason, the check of the terminal tells. */
async function sayNothingCame(): Promise<void> {
  const check = vscode.l10n.t('Check Terminal');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('No snapshot came back. What the terminal says tells why.'),
    check,
  );
  if (choice === check) {
    await vscode.commands.executeCommand(commands.checkTerminal);
  }
}

async function writeScripts(folder: SnapshotFolder, { parsed }: ConfigFile): Promise<{ script: string; hash: string }> {
  const { renderSession, renderSnapshotScript, scriptHash } = await organizationRooms();
  if (parsed.wanted === null) {
    throw new RangeError('A configuration with errors has no scripts.');
  }
  const text = renderSnapshotScript(parsed.wanted);
  await fs.mkdir(folder.scripts, { recursive: true });
  await fs.mkdir(folder.results, { recursive: true });
  await fs.writeFile(path.join(folder.scripts, 'session.ps1'), renderSession(), 'utf8');
  const script = path.join(folder.scripts, 'take-snapshot.ps1');
  await fs.writeFile(script, text, 'utf8');
  return { script, hash: scriptHash(text) };
}

async function keepSnapshot(
  folder: SnapshotFolder,
  file: string,
  expected: { readonly run: string; readonly hash: string },
): Promise<Snapshot | undefined> {
  const rooms = await organizationRooms();
  const read = rooms.readResult(path.basename(file), await fs.readFile(file, 'utf8'), rooms);
  await fs.rm(file, { force: true });
  if ('problem' in read) {
    showFailure(vscode.l10n.t('The snapshot came back in a form that cannot be read: {0}', read.problem.detail));
    return undefined;
  }
  const belief = rooms.believe(read.value, {
    step: snapshotStep,
    run: expected.run,
    script: expected.hash,
    server: null,
  });
  if ('foreign' in belief) {
    showFailure(vscode.l10n.t('The snapshot is not the result of this run and was not kept.'));
    return undefined;
  }
  const { after, error } = belief.believed;
  if (after?.snapshot === undefined) {
    showFailure(
      vscode.l10n.t('The snapshot failed: {0}', error?.message ?? vscode.l10n.t('it holds nothing that can be read')),
    );
    return undefined;
  }
  for (const { where, detail } of after.snapshot.problems) {
    log().warn(`snapshot: ${where}: ${detail}`);
  }
  await writeSnapshot(folder, after.snapshot);
  return after.snapshot;
}
