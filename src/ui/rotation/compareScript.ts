// A script of the rotation's folder that is not what the plan renders: shown beside its rendering, with the way to have it written anew.
import * as vscode from 'vscode';
import { renderedScheme } from '../commands';
import { say, words } from '../face/say';
import type { OpenRotation } from '../state/openRotation';
import type { Workspace } from '../workspace';
import { differsText } from './stopWords';

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
