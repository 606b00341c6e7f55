// *Open Plan*: the plan that was made now, never the file that lies in the folder; where that one differs, it is said.
import * as vscode from 'vscode';
import { renderedScheme } from '../commands';
import { say, words } from '../face/say';
import type { OpenRotation } from '../state/openRotation';
import { organizationRooms } from '../rooms';
import type { Workspace } from '../workspace';

export async function openPlan(rotation: OpenRotation, workspace: Workspace): Promise<void> {
  const { planTextPath, readFile } = await organizationRooms();
  const made = vscode.Uri.from({ scheme: renderedScheme, path: `/${planTextPath}` });
  await vscode.commands.executeCommand('markdown.showPreview', made);
  const there = await readFile(rotation.port, planTextPath);
  const isSame =
    'value' in there ? there.value === rotation.rendered.get(planTextPath) : there.problem.code === 'missing';
  if (!isSame) {
    void sayDifference(rotation, workspace, made, planTextPath);
  }
}

async function sayDifference(
  rotation: OpenRotation,
  workspace: Workspace,
  made: vscode.Uri,
  file: string,
): Promise<void> {
  const show = vscode.l10n.t('Show Difference');
  const write = vscode.l10n.t('Write Again');
  const choice = await say.warning(
    words('{0} on disk is not the plan that was made now, which is the one shown. Do not decide by the file.', file),
    show,
    ...(rotation.mayWrite ? [write] : []),
  );
  if (choice === show) {
    const there = vscode.Uri.joinPath(vscode.Uri.file(rotation.folder), file);
    await vscode.commands.executeCommand('vscode.diff', made, there, words('{0}: made now ↔ on disk', file).text);
  }
  if (choice === write) {
    await workspace.publish();
  }
}
