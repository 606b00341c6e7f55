// What a file is called where it is spoken of.
import type * as vscode from 'vscode';

/** The last part of its path. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
