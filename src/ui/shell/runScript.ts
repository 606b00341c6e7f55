// Runs one script file in a terminal and brings back the result it wrote: by its path, never by its text.
import * as crypto from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { say, words } from '../face/say';
import { organizationRooms } from '../rooms';
import { awaitResult, type RunEnd } from './awaitResult';
import { freeTerminal, noteBegun, noteEnded } from './freeTerminal';
import { numberSetting } from '../face/numberSettings';

export interface ScriptRun {
  /** The terminal's name: one for each rotation, one for snapshots outside of them. */
  readonly terminal: string;
  /** Full path of the script. */
  readonly script: string;
  /** Full path of the folder its result is written to. */
  readonly results: string;
  readonly pfx?: string;
  readonly keyFolder?: string;
  /** The random id of this run, from `newRun`. */
  readonly run: string;
  /** Minutes that the script itself waits, beside those it may take. */
  readonly waits?: number;
  /** Stops the script as Ctrl+C does, and the waiting for it. */
  readonly signal?: AbortSignal;
}

/** `no-terminal`: nothing was begun; the user was told why. */
export type ScriptEnd = RunEnd | { readonly end: 'no-terminal' };

/** A run's id: 16 hexadecimal digits, kept outside the folder, so that no file of a pull request can pass for its result. */
export function newRun(): string {
  return crypto.randomBytes(8).toString('hex');
}

/** Starts the script and waits for its result; whatever else ends the wait is unknown, never success. */
export async function runScript(run: ScriptRun, memento: vscode.Memento): Promise<ScriptEnd> {
  const terminal = await freeTerminal(run.terminal, memento);
  if (terminal === undefined) {
    return { end: 'no-terminal' };
  }
  const line = await lineFor(run);
  await noteBegun(run.terminal, terminal, { script: run.script, results: run.results, run: run.run }, memento);
  terminal.show(false);
  terminal.sendText(line, true);
  const most = numberSetting('runTimeout');
  const minutes = most + (run.waits ?? 0);
  const end = await awaitResult({
    terminal,
    results: run.results,
    run: run.run,
    timeoutMinutes: minutes,
    ...(run.signal !== undefined && { signal: run.signal }),
    onLate: () => waitOn(run, minutes),
  });
  if (end.end !== 'given-up') {
    await noteEnded(run.terminal, memento);
  }
  return end;
}

/** Types the line without Enter: the person reads it and decides. */
export async function typeScript(run: Omit<ScriptRun, 'results' | 'run'>, memento: vscode.Memento): Promise<void> {
  const line = await lineFor(run);
  const terminal = await freeTerminal(run.terminal, memento);
  terminal?.show(false);
  terminal?.sendText(line, false);
}

async function lineFor({
  script,
  run,
  pfx,
  keyFolder,
}: Omit<ScriptRun, 'results' | 'run'> & { readonly run?: string }): Promise<string> {
  const { runLine } = await organizationRooms();
  return runLine({
    script,
    ...(run !== undefined && { run }),
    ...(pfx !== undefined && { pfx }),
    ...(keyFolder !== undefined && { keyFolder }),
  });
}

async function waitOn({ script }: ScriptRun, minutes: number): Promise<boolean> {
  const wait = vscode.l10n.t('Keep Waiting');
  const choice = await say.warning(
    words(
      '{0} has given no result for {1} minutes. It may wait at a prompt in the terminal. What it changed is not known until a snapshot is taken.',
      path.basename(script),
      minutes,
    ),
    wait,
    vscode.l10n.t('Stop Waiting'),
  );
  return choice === wait;
}
