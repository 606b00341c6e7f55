// Before a script runs it is compared with its rendering: a pull request cannot plant one.
import * as vscode from 'vscode';
import { renderedScheme } from '../commands';
import { say, words } from '../face/say';
import type { OpenRotation } from '../state/openRotation';
import { organizationRooms } from '../rooms';
import type { Workspace } from '../workspace';
import { differsText } from './stopWords';

/**
 * Whether session.ps1 and the script on disk are what the plan renders, up to a signature block; what differs is shown, with the way to
 * have it written anew.
 */
export async function requireAsRendered(
  workspace: Workspace,
  rotation: OpenRotation,
  script: string,
): Promise<boolean> {
  const { differingScript } = await organizationRooms();
  const file = await differingScript(rotation.port, rotation.rendered, script);
  if (file === undefined) {
    return true;
  }
  await showDifference(workspace, rotation, file);
  return false;
}

/** Shows the file of the rotation's folder beside its rendering. */
export async function showDifference(workspace: Workspace, { folder }: OpenRotation, file: string): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.diff',
    vscode.Uri.from({ scheme: renderedScheme, path: `/${file}` }),
    vscode.Uri.joinPath(vscode.Uri.file(folder), file),
    words('{0}: rendered ↔ on disk', file).text,
  );
  void offerWriting(workspace, file);
}

async function offerWriting(workspace: Workspace, file: string): Promise<void> {
  const write = vscode.l10n.t('Write Scripts Anew');
  const choice = await say.error(differsText(file), write);
  if (choice === write) {
    await workspace.publish();
  }
}
