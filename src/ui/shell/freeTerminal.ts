// A terminal in which nothing of ours is still running: a line typed into one that asks for a password would be taken for it.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ask, words } from '../face/say';
import { terminalFor } from './terminals';

/** A script that was begun in a terminal; kept over a reload, as the terminal is. */
interface BegunRun {
  readonly process: number | undefined;
  /** Full path of the script. */
  readonly script: string;
  /** Full path of the folder its result is written to. */
  readonly results: string;
  readonly run: string;
}

/** Ctrl+C: the script's `finally` closes its sessions, and what runs in them ends. */
export const interrupt = '\u0003';

const key = (name: string): string => `begun:${name}`;

/** The result of a run where it is there: the file is the proof, not the terminal's exit code or what it printed. */
export async function resultFile(results: string, run: string): Promise<string | undefined> {
  const names = await fs.readdir(results).catch(() => []);
  const file = names.find((name) => name.endsWith(`.${run}.json`));
  return file === undefined ? undefined : path.join(results, file);
}

/** Notes what is about to be typed into the terminal of that name. */
export async function noteBegun(
  name: string,
  terminal: vscode.Terminal,
  begun: Omit<BegunRun, 'process'>,
  memento: vscode.Memento,
): Promise<void> {
  await memento.update(key(name), { ...begun, process: await terminal.processId } satisfies BegunRun);
}

/** Nothing of ours runs in the terminal of that name any more. */
export async function noteEnded(name: string, memento: vscode.Memento): Promise<void> {
  await memento.update(key(name), undefined);
}

/** Its result was taken in, and the folder of the run removed, before a reload of the window could note the end. */
async function isTaken({ script }: BegunRun): Promise<boolean> {
  return (await fs.stat(script).catch(() => undefined)) === undefined;
}

/** As `terminalFor`; undefined also where a script that was begun in it may still run and the user does not say that it has ended. */
export async function freeTerminal(name: string, memento: vscode.Memento): Promise<vscode.Terminal | undefined> {
  const terminal = await terminalFor(name, memento);
  const begun = memento.get<BegunRun>(key(name));
  if (terminal === undefined || begun === undefined || begun.process !== (await terminal.processId)) {
    return terminal;
  }
  if ((await resultFile(begun.results, begun.run)) !== undefined || (await isTaken(begun))) {
    return terminal;
  }
  terminal.show(true);
  const stop = vscode.l10n.t('Stop It');
  const ended = vscode.l10n.t('It Has Ended');
  const choice = await ask.warning({
    message: words('{0} has given no result yet in the terminal "{1}".', path.basename(begun.script), name),
    detail: words(
      'It may still run, or ask for a password there: what is typed now would be taken for the answer. Stopped, it closes its sessions; what it changed is seen by the next snapshot.',
    ),
    buttons: [stop, ended],
  });
  if (choice === stop) {
    terminal.sendText(interrupt, false);
  }
  if (choice !== undefined) {
    await noteEnded(name, memento);
  }
  return choice === ended ? terminal : undefined;
}
