// Finds the configurations of the workspace: not more than are read.
import * as vscode from 'vscode';
import { say, words } from '../face/say';

export const configPattern = '**/exchange-certificates.{yaml,yml}';
/** Each is read and judged on every change: more than these is no organization's, and would hold the window. */
const mostConfigs = 50;

/** In the order of their paths: the first of them, and the one that was chosen wherever it stands; `left` of them are not read. */
export async function findConfigs(
  chosen: vscode.Uri | undefined,
): Promise<{ readonly configs: readonly vscode.Uri[]; readonly left: number }> {
  const found = await vscode.workspace.findFiles(configPattern, '**/node_modules/**');
  found.sort((one, other) => (one.path < other.path ? -1 : 1));
  const configs = found.filter((uri, at) => at < mostConfigs || uri.toString() === chosen?.toString());
  return { configs, left: found.length - configs.length };
}

/** Says each number of them once: `said` is the last that was said. Returns what is said now. */
export function sayLeft(left: number, said: number): number {
  if (left > 0 && left !== said) {
    void say.warning(
      words(
        'This workspace has {0} configurations more than the {1} that are read, in the order of their paths. Open the folder of the one you need.',
        left,
        mostConfigs,
      ),
    );
  }
  return left;
}
