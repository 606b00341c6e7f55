// The open workspace's folders on this computer: what lies in them was written by others.
import * as vscode from 'vscode';

/** Their full paths; none of a folder that is no part of a disk here. */
export function localFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}
