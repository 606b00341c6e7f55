// Takes in what scripts wrote: the results in the folders of this window's own runs are believed, others are shown as foreign.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { hasShell, noteTaken, removeRunsOf } from '../shell/runFolders';
import { author, type OpenRotation } from './openRotation';
import { forgetRuns, pendingRuns, resultsOf } from './pendingRuns';
import { organizationRooms } from '../rooms';
import { requireLock } from './rotationLock';

/** Takes in every result that the journal does not know yet; returns whether there was any. */
export async function collectResults(
  { workspaceState }: vscode.ExtensionContext,
  rotation: OpenRotation,
): Promise<boolean> {
  const rooms = await organizationRooms();
  const { port, loaded, folder } = rotation;
  const runs = await Promise.all(
    pendingRuns(workspaceState, folder).map(async (run) => ({ run, results: await resultsOf(run) })),
  );
  const came = runs.filter(({ results }) => results.length > 0);
  if (came.length === 0 && !(await rooms.hasNewResults(port, loaded.journal))) {
    return false;
  }
  await requireLock(rotation);
  const own = came.flatMap(({ results }) => results);
  await rooms.takeInResults(port, { journal: loaded.journal, own, readers: rooms }, author());
  for (const { run, results } of came) {
    if (run.expected === null) {
      // a person may run it again
      await Promise.all(results.map(({ name }) => fs.rm(path.join(run.folder, 'results', name), { force: true })));
    } else {
      await noteTaken(run.folder);
    }
  }
  const ended = new Set(came.flatMap(({ run }) => (run.expected === null ? [] : [run.folder])));
  await forgetRuns(workspaceState, folder, (run) => ended.has(run.folder));
  return true;
}

/** Empties the folders that the rotation's scripts ran in: what they held is in its record. A run that has not ended keeps its own. */
export async function emptyRunFolders(context: vscode.ExtensionContext, rotation: string): Promise<void> {
  const { workspaceState } = context;
  const going: string[] = [];
  for (const { folder, expected } of pendingRuns(workspaceState, rotation)) {
    if (expected !== null && (await hasShell(folder))) {
      going.push(folder);
    }
  }
  await removeRunsOf(context, rotation, going);
  await forgetRuns(workspaceState, rotation, (run) => !going.includes(run.folder));
}
