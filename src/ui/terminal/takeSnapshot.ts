// *Take snapshot*: a generated read-only script, run in the terminal; an open rotation gets a copy and plans from it.
import * as vscode from 'vscode';
import type { Snapshot } from '../../model/snapshot';
import type { Handlers } from '../handlers';
import { author, requireLock } from '../openRotation';
import { log, showFailure } from '../output';
import { organizationRooms } from '../rooms';
import { writeSnapshot } from '../snapshotStore';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';
import { type Reading, runReading } from './readingScript';

/** The step id that a snapshot outside a rotation carries. */
const snapshotStep = 'snapshot';

export function snapshotCommand(workspace: Workspace): Handlers<'takeSnapshot'> {
  return {
    takeSnapshot: async () => {
      if (!requireTrust()) {
        return;
      }
      await workspace.refresh();
      await takeSnapshot(workspace);
    },
  };
}

async function takeSnapshot(workspace: Workspace): Promise<void> {
  const { config } = workspace;
  if (!config?.wanted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('A snapshot needs a configuration that can be read: it names the servers.'),
    );
    return;
  }
  const { renderSnapshotScript } = await organizationRooms();
  const end = await runReading(workspace, {
    step: snapshotStep,
    name: 'take-snapshot',
    text: renderSnapshotScript(config.wanted),
    config: config.uri,
    nothingCame: vscode.l10n.t('No snapshot came back. What the terminal says tells why.'),
  });
  if (end === undefined) {
    return;
  }
  const snapshot = await keepSnapshot(end);
  if (snapshot !== undefined && workspace.rotation !== undefined && !workspace.rotation.isForeign) {
    const { addSnapshot, renderJson } = await organizationRooms();
    await requireLock(workspace.rotation.port);
    await addSnapshot(workspace.rotation.port, snapshot, renderJson(snapshot), author());
  }
  await workspace.publish();
}

async function keepSnapshot({ folder, result }: Reading): Promise<Snapshot | undefined> {
  const { after, error } = result;
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
