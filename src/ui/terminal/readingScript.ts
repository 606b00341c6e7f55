// A script that only reads and belongs to no rotation: written into the extension's own storage, run in the terminal, its result believed.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { StepResult } from '../../model/result';
import { commands, views } from '../commands';
import { showFailure } from '../output';
import { organizationRooms } from '../rooms';
import { newRun, runScript } from '../runScript';
import { snapshotFolder, type SnapshotFolder } from '../snapshotStore';
import type { Workspace } from '../workspace';

export interface ReadingScript {
  /** What stands in its results where a step's id does. */
  readonly step: string;
  readonly file: string;
  readonly text: string;
  /** The configuration it is made from: each has a folder of its own. */
  readonly config: vscode.Uri;
  /** Said where no result came. */
  readonly nothingCame: string;
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
export async function runReading({ context }: Workspace, reading: ReadingScript): Promise<Reading | undefined> {
  const folder = snapshotFolder(context, reading.config);
  if (folder === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('This needs a folder on this machine: its script runs in a terminal.'),
    );
    return undefined;
  }
  const script = await writeScripts(folder, reading);
  const run = newRun();
  const end = await vscode.window.withProgress({ location: { viewId: views.organization } }, () =>
    runScript({ terminal: snapshotTerminal(), script, results: folder.results, run }, context.workspaceState),
  );
  if (end.end === 'result') {
    const result = await believed(end.file, run, reading);
    return result === undefined ? undefined : { folder, result };
  }
  if (end.end !== 'no-terminal') {
    await sayNothingCame(reading.nothingCame);
  }
  return undefined;
}

/** A policy that refuses scripts leaves no result: where that is the reason, the check of the terminal tells. */
async function sayNothingCame(what: string): Promise<void> {
  const check = vscode.l10n.t('Check Terminal');
  if ((await vscode.window.showWarningMessage(what, check)) === check) {
    await vscode.commands.executeCommand(commands.checkTerminal);
  }
}

async function writeScripts(folder: SnapshotFolder, { file, text }: ReadingScript): Promise<string> {
  const { renderSession } = await organizationRooms();
  await fs.mkdir(folder.scripts, { recursive: true });
  await fs.mkdir(folder.results, { recursive: true });
  await fs.writeFile(path.join(folder.scripts, 'session.ps1'), renderSession(), 'utf8');
  const script = path.join(folder.scripts, file);
  await fs.writeFile(script, text, 'utf8');
  return script;
}

/** The result in `file`, which is deleted: it was read. */
async function believed(file: string, run: string, { step, text }: ReadingScript): Promise<StepResult | undefined> {
  const rooms = await organizationRooms();
  const read = rooms.readResult(path.basename(file), await fs.readFile(file, 'utf8'), rooms);
  await fs.rm(file, { force: true });
  if ('problem' in read) {
    showFailure(vscode.l10n.t('The result came back in a form that cannot be read: {0}', read.problem.detail));
    return undefined;
  }
  const belief = rooms.believe(read.value, { step, run, script: rooms.scriptHash(text), server: null });
  if ('foreign' in belief) {
    showFailure(vscode.l10n.t('What came back is not the result of this run and was not kept.'));
    return undefined;
  }
  return belief.believed;
}
