// Runs one script file in a terminal and brings back the result it wrote: by its path, never by its text.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { say, words } from '../face/say';
import { organizationRooms } from '../rooms';
import { awaitResult, type RunEnd } from './awaitResult';
import { noteBegun, noteEnded } from './freeTerminal';
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

/** Starts the script in a terminal that `freeTerminal` has just given, and waits for its result; whatever else ends the wait is unknown. */
export async function runIn(terminal: vscode.Terminal, run: ScriptRun, memento: vscode.Memento): Promise<RunEnd> {
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

/** Types the line without Enter, where `freeTerminal` has just given the terminal: the person reads it and decides. */
export async function typeScript(
  terminal: vscode.Terminal,
  run: Pick<ScriptRun, 'script' | 'pfx' | 'keyFolder'>,
): Promise<void> {
  const line = await lineFor(run);
  terminal.show(false);
  terminal.sendText(line, false);
}

async function lineFor({
  script,
  run,
  pfx,
  keyFolder,
}: Pick<ScriptRun, 'script' | 'pfx' | 'keyFolder'> & { readonly run?: string }): Promise<string> {
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
