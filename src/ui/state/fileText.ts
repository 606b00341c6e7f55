// The text of a file on disk.
import * as vscode from 'vscode';
import { boundedFile, isMissing } from './boundedFile';

/** Bytes: as many as the longest configuration has characters. */
export const longestText = 1 << 21;

/** undefined where there is no such file. Rejects in a sentence where it is no regular file, or too large. */
export async function fileText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const read = await boundedFile(uri, longestText);
    if ('bytes' in read) {
      return new TextDecoder().decode(read.bytes);
    }
    throw new RangeError(
      read.refused === 'not-a-file'
        ? vscode.l10n.t('It is not a regular file.')
        : vscode.l10n.t('It has {0} bytes; {1} are read at most.', read.size, longestText),
    );
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}
