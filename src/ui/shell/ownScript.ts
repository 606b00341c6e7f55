// A script that belongs to no rotation: written into a run's folder, run in the terminal, its result believed or not.
import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { StepResult } from '../../model/result';
import type { RunFolder } from '../../runner/port';
import type { Said } from '../face/say';
import { organizationRooms } from '../rooms';
import { freeTerminal } from './freeTerminal';
import type { RefusedFolder } from './ownFolder';
import { makeRunFolder, ownRuns, removeRunFolder } from './runFolders';
import { runIn } from './runScript';

export interface OwnScript {
  /** The name of its file, without an ending. */
  readonly name: string;
  readonly text: string;
  /** What its result says where a step's id stands. */
  readonly step: string;
  /** The terminal's name. */
  readonly terminal: string;
  /** Stops the script and the waiting for it. */
  readonly signal?: AbortSignal;
}

export type OwnScriptEnd =
  | { readonly end: 'believed'; readonly result: StepResult }
  /** Nothing came back: what the terminal says tells why. */
  | { readonly end: 'nothing' | 'no-terminal' }
  /** There is no folder that only this user writes to; why, in words. */
  | { readonly end: 'no-folder'; readonly why: Said }
  | { readonly end: 'unreadable'; readonly detail: string }
  /** It is not the result of this run, of this script. */
  | { readonly end: 'foreign' };

/** The result is taken in once, by the rules of every other result, and its folder removed. */
export async function runOwnScript(
  context: vscode.ExtensionContext,
  { name, text, step, terminal: terminalName, signal }: OwnScript,
): Promise<OwnScriptEnd> {
  const rooms = await organizationRooms();
  const memento = context.workspaceState;
  const terminal = await freeTerminal(terminalName, memento);
  if (terminal === undefined) {
    return { end: 'no-terminal' };
  }
  const run = rooms.newRun();
  const folder = await makeOwnRunFolder(context, run, await terminal.processId, { name, text });
  if ('refused' in folder) {
    return { end: 'no-folder', why: folder.refused };
  }
  const end = await runIn(
    terminal,
    {
      terminal: terminalName,
      script: folder.script,
      results: path.join(folder.path, 'results'),
      run,
      ...(signal !== undefined && { signal }),
    },
    memento,
  );
  const [result] = end.end === 'result' ? await rooms.resultsIn(folder.port) : [];
  if (result === undefined) {
    // the script may still run, or be run again from the terminal's history
    return { end: 'nothing' };
  }
  await removeRunFolder(folder.path);
  const read = rooms.readResult(result.name, result.text, rooms);
  if ('problem' in read) {
    return { end: 'unreadable', detail: read.problem.detail };
  }
  const belief = rooms.believe(read.value, { step, run, script: rooms.scriptHash(text), server: null });
  return 'foreign' in belief ? { end: 'foreign' } : { end: 'believed', result: belief.believed };
}

/** A new run's folder with the script and the session.ps1 it loads; `script` is its full path. */
export async function makeOwnRunFolder(
  context: vscode.ExtensionContext,
  run: string,
  shell: number | undefined,
  { name, text }: Pick<OwnScript, 'name' | 'text'>,
): Promise<(RunFolder & { readonly script: string }) | RefusedFolder> {
  const { renderSession, sessionPath, writeScripts } = await organizationRooms();
  const folder = await makeRunFolder(context, ownRuns, run, shell);
  if ('refused' in folder) {
    return folder;
  }
  const script = `scripts/${name}.ps1`;
  await writeScripts(
    folder.port,
    new Map([
      [sessionPath, renderSession()],
      [script, text],
    ]),
  );
  return { ...folder, script: path.join(folder.path, script) };
}
