// *Take snapshot*: a generated read-only script, run in the terminal; an open rotation gets a copy and plans from it.
import * as vscode from 'vscode';
import { commands, views } from '../commands';
import type { Snapshot } from '../../model/snapshot';
import { author, requireLock } from '../openRotation';
import { log, showFailure } from '../output';
import { register } from '../register';
import { organizationRooms } from '../rooms';
import { snapshotFolder, writeSnapshot, type SnapshotFolder } from '../snapshotStore';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';
import { runOwnScript, type OwnScriptEnd } from '../ownScript';

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
  const { renderSnapshotScript } = await organizationRooms();
  const text = renderSnapshotScript(config.wanted);
  const end = await vscode.window.withProgress({ location: { viewId: views.organization } }, () =>
    runOwnScript(
      folder,
      { name: 'take-snapshot', text, step: snapshotStep, terminal: snapshotTerminal() },
      workspace.context.workspaceState,
    ),
  );
  const snapshot = await keepSnapshot(folder, end);
  if (snapshot === undefined) {
    return;
  }
  if (workspace.rotation !== undefined && !workspace.rotation.isForeign) {
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

async function keepSnapshot(folder: SnapshotFolder, end: OwnScriptEnd): Promise<Snapshot | undefined> {
  switch (end.end) {
    case 'no-terminal':
      return undefined;
    case 'nothing':
      await sayNothingCame();
      return undefined;
    case 'unreadable':
      showFailure(vscode.l10n.t('The snapshot came back in a form that cannot be read: {0}', end.detail));
      return undefined;
    case 'foreign':
      showFailure(vscode.l10n.t('The snapshot is not the result of this run and was not kept.'));
      return undefined;
    case 'believed':
  }
  const { after, error } = end.result;
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
