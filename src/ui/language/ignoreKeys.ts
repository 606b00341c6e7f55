// Keys must never be committed: the user's own PFX may lie in the workspace.
import * as vscode from 'vscode';
import { fileText } from '../state/fileText';

const ignored = ['*.pfx', '*.p12'];

/** Adds to the `.gitignore` at `uri` what it lacks. */
export async function ignoreKeys(uri: vscode.Uri): Promise<void> {
  const text = (await fileText(uri)) ?? '';
  const lines = text.split(/\r?\n/);
  const missing = ignored.filter((pattern) => !lines.includes(pattern));
  if (missing.length > 0) {
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${before}${missing.join('\n')}\n`));
  }
}
