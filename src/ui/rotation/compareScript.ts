// Before a script runs it is compared with its rendering: a pull request cannot plant one.
import * as vscode from 'vscode';
import { renderedScheme } from '../commands';
import { readText } from '../../folder/port';
import type { OpenRotation } from '../openRotation';
import { organizationRooms } from '../rooms';

const session = 'scripts/session.ps1';

/** Whether the script and session.ps1 on disk are what the plan renders, up to a signature block; a difference is shown, and refused. */
export async function isAsRendered(rotation: OpenRotation, script: string): Promise<boolean> {
  for (const file of [session, script]) {
    if (!(await isSame(rotation, file))) {
      const uri = vscode.Uri.joinPath(vscode.Uri.file(rotation.folder), file);
      await vscode.commands.executeCommand(
        'vscode.diff',
        vscode.Uri.from({ scheme: renderedScheme, path: `/${file}` }),
        uri,
        vscode.l10n.t('{0}: rendered ↔ on disk', file),
      );
      void vscode.window.showErrorMessage(
        vscode.l10n.t(
          '{0} is not what this plan renders, so it is not run. "Refresh" writes it anew; look at the difference first.',
          file,
        ),
      );
      return false;
    }
  }
  return true;
}

async function isSame(rotation: OpenRotation, file: string): Promise<boolean> {
  const { scriptHash } = await organizationRooms();
  const wanted = rotation.rendered.get(file);
  const there = await readText(rotation.port, file);
  return wanted !== undefined && there !== undefined && scriptHash(there) === scriptHash(wanted);
}
