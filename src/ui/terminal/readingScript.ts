// A script that only reads and belongs to no rotation, run with words for whatever else than a believed result comes of it.
import * as vscode from 'vscode';
import type { StepResult } from '../../model/result';
import { commands, views } from '../commands';
import { say, showProgressIn, words, type Said } from '../face/say';
import { showFailure } from '../output';
import { runOwnScript } from '../shell/ownScript';
import { snapshotFolder, type SnapshotFolder } from '../state/snapshotStore';
import type { Workspace } from '../workspace';

export interface ReadingScript {
  /** What stands in its results where a step's id does. */
  readonly step: string;
  /** The name of its file, without an ending. */
  readonly name: string;
  readonly text: string;
  /** The configuration it is made from: each has a folder of its own. */
  readonly config: vscode.Uri;
  /** Said where no result came. */
  readonly nothingCame: Said;
}

/** A believed result, and where to keep what follows from it. */
export interface Reading {
  readonly folder: SnapshotFolder;
  readonly result: StepResult;
}

/** The terminal of what runs outside a rotation. */
export function snapshotTerminal(): string {
  return vscode.l10n.t('Exchange snapshot');
}

/** Undefined where there is nothing to believe; the person has been told why. */
export async function runReading(
  { context }: Workspace,
  { step, name, text, config, nothingCame }: ReadingScript,
): Promise<Reading | undefined> {
  const folder = snapshotFolder(context, config);
  if (folder === undefined) {
    void say.warning(words('This needs a folder on this machine: its script runs in a terminal.'));
    return undefined;
  }
  const end = await showProgressIn(views.organization, () =>
    runOwnScript(context, { name, text, step, terminal: snapshotTerminal() }),
  );
  switch (end.end) {
    case 'believed':
      return { folder, result: end.result };
    case 'nothing':
      await sayNothingCame(nothingCame);
      return undefined;
    case 'unreadable':
      showFailure(words('The result came back in a form that cannot be read: {0}', end.detail));
      return undefined;
    case 'foreign':
      showFailure(words('What came back is not the result of this run and was not kept.'));
      return undefined;
    case 'no-folder':
      showFailure(end.why);
      return undefined;
    case 'no-terminal':
      return undefined;
  }
}

/** A policy that refuses scripts leaves no result: where that is the reason, the check of the terminal tells. */
async function sayNothingCame(what: Said): Promise<void> {
  const check = vscode.l10n.t('Check Terminal');
  if ((await say.warning(what, check)) === check) {
    await vscode.commands.executeCommand(commands.checkTerminal);
  }
}
