// Reads a file of the workspace, which a stranger may have laid there: a regular one, and no more of it than its kind can have.
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { type BoundedRead, readBounded } from '../../folder/readBounded';

/**
 * At most `most` bytes, or why not; rejects as the file system does. A file of this machine is read past the editor, whose
 * file system asks the window first: while that draws a new tab, each call waits some 120 ms.
 */
export async function boundedFile(uri: vscode.Uri, most: number): Promise<BoundedRead> {
  if (uri.scheme === 'file') {
    return readBounded(uri.fsPath, most, fs);
  }
  const { size, type } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.File) === 0) {
    return { refused: 'not-a-file' };
  }
  return size > most ? { refused: 'too-large', size } : { bytes: await vscode.workspace.fs.readFile(uri) };
}

/** Whether the file system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'FileNotFound' || code === 'ENOENT';
}
