// Finds the configurations of the workspace: not more than are read.
import * as vscode from 'vscode';
import { say, words } from '../face/say';

export const configPattern = '**/exchange-certificates.{yaml,yml}';
/** Each is read and judged on every change: more than these is no organization's, and would hold the window. */
const mostConfigs = 50;

/** In the order of their paths: the first of them, and the one that was chosen wherever it stands. */
export async function findConfigs(chosen: vscode.Uri | undefined): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(configPattern, '**/node_modules/**');
  found.sort((one, other) => (one.path < other.path ? -1 : 1));
  const left = found.slice(mostConfigs).filter((uri) => uri.toString() !== chosen?.toString());
  sayLeft(left.length);
  return found.filter((uri) => !left.includes(uri));
}

let saidLeft = 0;

/** Once for each number of them. */
function sayLeft(count: number): void {
  if (count > 0 && count !== saidLeft) {
    void say.warning(
      words(
        'This workspace has {0} configurations more than the {1} that are read, in the order of their paths. Open the folder of the one you need.',
        count,
        mostConfigs,
      ),
    );
  }
  saidLeft = count;
}
