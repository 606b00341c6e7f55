// Keys must never be committed: the user's own PFX may lie in the workspace.
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { boundedFile, isMissing } from '../state/boundedFile';
import { longestText } from '../state/fileText';

const ignored = ['*.pfx', '*.p12'];

/** Adds to the `.gitignore` at `uri` what it lacks; its bytes stay as they are. Rejects in a sentence where it is a link, no regular file, or too large. */
export async function ignoreKeys(uri: vscode.Uri): Promise<void> {
  const before = await bytesOf(uri);
  // a character a byte: whatever the encoding, nothing is lost, and the patterns are ASCII
  const text = Buffer.from(before).toString('latin1');
  const lines = text.split(/\r?\n/);
  const missing = ignored.filter((pattern) => !lines.includes(pattern));
  if (missing.length > 0) {
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    const added = new TextEncoder().encode(`${gap}${missing.join('\n')}\n`);
    if (uri.scheme === 'file') {
      await fs.appendFile(uri.fsPath, added);
    } else {
      await vscode.workspace.fs.writeFile(uri, Buffer.concat([before, added]));
    }
  }
}

/** None where there is no such file. */
async function bytesOf(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    // asked of the entry itself: what it leads to may be any file of this user
    const isLink =
      uri.scheme === 'file'
        ? (await fs.lstat(uri.fsPath)).isSymbolicLink()
        : ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.SymbolicLink) !== 0;
    const read = isLink ? undefined : await boundedFile(uri, longestText);
    if (read !== undefined && 'bytes' in read) {
      return read.bytes;
    }
    throw new RangeError(
      vscode.l10n.t('{0} is a link, no regular file, or too large: nothing was added to it.', uri.fsPath),
    );
  } catch (error) {
    if (isMissing(error)) {
      return new Uint8Array();
    }
    throw error;
  }
}
