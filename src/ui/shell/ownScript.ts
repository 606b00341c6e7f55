// A script that belongs to no rotation: written into this extension's own storage, run in the terminal, its result believed or not.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { StepResult } from '../../model/result';
import { organizationRooms } from '../rooms';
import { runScript } from './runScript';
import type { SnapshotFolder } from '../state/snapshotStore';

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
  | { readonly end: 'unreadable'; readonly detail: string }
  /** It is not the result of this run, of this script. */
  | { readonly end: 'foreign' };

/** The result is taken in once and deleted; by the rules of every other result. */
export async function runOwnScript(
  folder: SnapshotFolder,
  { name, text, step, terminal, signal }: OwnScript,
  memento: vscode.Memento,
): Promise<OwnScriptEnd> {
  const rooms = await organizationRooms();
  await fs.mkdir(folder.scripts, { recursive: true });
  await fs.mkdir(folder.results, { recursive: true });
  await fs.writeFile(path.join(folder.scripts, 'session.ps1'), rooms.renderSession(), 'utf8');
  const script = path.join(folder.scripts, `${name}.ps1`);
  await fs.writeFile(script, text, 'utf8');
  const run = rooms.newRun();
  const end = await runScript(
    { terminal, script, results: folder.results, run, ...(signal !== undefined && { signal }) },
    memento,
  );
  if (end.end !== 'result') {
    return { end: end.end === 'no-terminal' ? 'no-terminal' : 'nothing' };
  }
  const read = rooms.readResult(path.basename(end.file), await fs.readFile(end.file, 'utf8'), rooms);
  await fs.rm(end.file, { force: true });
  if ('problem' in read) {
    return { end: 'unreadable', detail: read.problem.detail };
  }
  const belief = rooms.believe(read.value, { step, run, script: rooms.scriptHash(text), server: null });
  return 'foreign' in belief ? { end: 'foreign' } : { end: 'believed', result: belief.believed };
}
