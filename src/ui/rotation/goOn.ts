// Whether a rotation may go on: what was changed elsewhere is asked about first, and a snapshot tells what is true before anything begins.
import * as vscode from 'vscode';
import { commands } from '../commands';
import { say, words } from '../face/say';
import type { OpenRotation } from '../state/openRotation';
import { witness } from '../state/rotationWitness';
import { believesChange } from '../state/usedConfig';
import type { Workspace } from '../workspace';
import { goesOnWithJournal } from './confirm';

/** False where a person was asked or told something instead; the command can be used again after that. */
export async function mayGoOn(rotation: OpenRotation, workspace: Workspace): Promise<boolean> {
  if (rotation.configChange !== undefined) {
    await askAboutConfig(rotation.configChange, workspace);
    return false;
  }
  if (rotation.isForeign) {
    await goOnWith(rotation, workspace);
    return false;
  }
  if (rotation.owesSnapshot) {
    await offerSnapshot();
    return false;
  }
  return true;
}

async function askAboutConfig(change: NonNullable<OpenRotation['configChange']>, workspace: Workspace): Promise<void> {
  if (!(await believesChange(change, workspace.context.workspaceState))) {
    return;
  }
  await workspace.publish();
  const open = vscode.l10n.t('Open Plan');
  const choice = await say.information(
    words('The plan was made again from the changed configuration. Read it before you run it.'),
    open,
  );
  if (choice === open) {
    await vscode.commands.executeCommand(commands.openPlan);
  }
}

/** A journal that was written elsewhere is believed when a person says so; until a snapshot came after that, nothing begins. */
async function goOnWith({ folder, loaded, seen }: OpenRotation, workspace: Workspace): Promise<void> {
  if (await goesOnWithJournal(loaded)) {
    await witness(folder, { ...seen, owesSnapshot: true }, workspace.context.workspaceState);
    await vscode.commands.executeCommand(commands.takeSnapshot);
  }
}

async function offerSnapshot(): Promise<void> {
  const take = vscode.l10n.t('Take Snapshot');
  const choice = await say.warning(
    words(
      'Nothing begins yet: this rotation was written elsewhere, and no snapshot has come since you went on with it.',
    ),
    take,
  );
  if (choice === take) {
    await vscode.commands.executeCommand(commands.takeSnapshot);
  }
}
