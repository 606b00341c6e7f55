// The folders that scripts run in: a new one for each run, in a folder of this user alone, whatever others write in the workspace.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { RunFolder } from '../../runner/port';
import { log } from '../output';
import { organizationRooms } from '../rooms';
import { isAlive } from './isAlive';
import { makeOwnFolder, type RefusedFolder } from './ownFolder';
import { folderIn, makeFolderIn } from './safeFolder';

/** Who may still use a run's folder. */
interface Users {
  /** The process of the window that made it. */
  readonly window: number;
  /** That of the shell its script was typed into. */
  readonly shell: number | undefined;
}

/** Of a run whose script is in no rotation. */
export const ownRuns = 'own';

/** Results that nobody has taken in are kept for this many days: the window that waits for them may come back. */
const daysKept = 30;

/** What `newRun` makes. */
const runName = /^[0-9a-f]{16}$/;
const usersFile = 'users.json';
const takenFile = 'taken';

/** Full path of the folder of all runs' folders: as the setting says, else in this extension's storage for all workspaces. */
export function runFolderRoot({ globalStorageUri }: vscode.ExtensionContext): string {
  const set = vscode.workspace.getConfiguration('exchangeCertificates').get<string>('runFolder', '');
  return set === '' ? path.join(globalStorageUri.fsPath, 'runs') : set;
}

/** The folder of the runs of the rotation at `folder`; its name tells nothing. */
function groupOf(folder: string): string {
  return crypto.createHash('sha256').update(folder).digest('hex').slice(0, 16);
}

/** A new folder for one run: of the rotation at `of`, or one of `ownRuns`. */
export async function makeRunFolder(
  context: vscode.ExtensionContext,
  of: string,
  run: string,
  shell: number | undefined,
): Promise<RunFolder | RefusedFolder> {
  const root = await makeOwnFolder(runFolderRoot(context), 'exchangeCertificates.runFolder');
  if ('refused' in root) {
    return root;
  }
  const { nodeFolder, renderJson } = await organizationRooms();
  const group = await folderIn(root.path, of === ownRuns ? ownRuns : groupOf(of));
  const folder = await makeFolderIn(group, run);
  const users: Users = { window: process.pid, shell };
  await fs.writeFile(path.join(folder, usersFile), renderJson(users), { flag: 'wx' });
  return { path: folder, port: nodeFolder(folder, fs) };
}

/** Its results stand in the record: it may go once nothing uses it. */
export async function noteTaken(folder: string): Promise<void> {
  await fs.writeFile(path.join(folder, takenFile), '');
}

export async function removeRunFolder(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Removes the folders of the rotation's runs but for those in `kept`, which may still be written to. */
export async function removeRunsOf(
  context: vscode.ExtensionContext,
  rotation: string,
  kept: readonly string[],
): Promise<void> {
  const group = path.join(runFolderRoot(context), groupOf(rotation));
  for (const folder of await foldersIn(group, runName)) {
    if (!kept.includes(folder)) {
      await removeRunFolder(folder);
    }
  }
  await removeIfEmpty(group);
}

/**
 * Removes what windows left behind that are gone: nothing is running there, and what came of it was taken in, or is long past. The
 * folder may hold other things of the person's: only what is named and marked as ours goes.
 */
export async function removeStaleRuns(context: vscode.ExtensionContext): Promise<void> {
  for (const group of await foldersIn(runFolderRoot(context), /^(own|[0-9a-f]{16})$/)) {
    for (const folder of await foldersIn(group, runName)) {
      if (await isStale(folder)) {
        log().info(`removes the folder of an old run: ${path.basename(folder)}`);
        await removeRunFolder(folder);
      }
    }
    await removeIfEmpty(group);
  }
}

async function isStale(folder: string): Promise<boolean> {
  const users = await usersOf(folder);
  if (users === undefined || [users.window, users.shell].some((one) => typeof one === 'number' && isAlive(one))) {
    return false;
  }
  const names = await fs.readdir(folder);
  const results = await fs.readdir(path.join(folder, 'results')).catch(() => []);
  const age = Date.now() - (await fs.stat(folder)).mtimeMs;
  return results.length === 0 || names.includes(takenFile) || age > daysKept * 86_400_000;
}

/** Whether the shell that its script was typed into still runs. */
export async function hasShell(folder: string): Promise<boolean> {
  const shell = (await usersOf(folder))?.shell;
  return shell !== undefined && isAlive(shell);
}

/** undefined where it is no folder of a run. */
async function usersOf(folder: string): Promise<Partial<Users> | undefined> {
  try {
    return JSON.parse(await fs.readFile(path.join(folder, usersFile), 'utf8')) as Partial<Users>;
  } catch {
    return undefined;
  }
}

/** Full paths, by name; none where there is nothing. A link is no folder. */
async function foldersIn(parent: string, names: RegExp): Promise<readonly string[]> {
  const entries = await fs.readdir(parent, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && names.test(entry.name))
    .map((entry) => path.join(parent, entry.name));
}

async function removeIfEmpty(folder: string): Promise<void> {
  await fs.rmdir(folder).catch(() => undefined);
}
