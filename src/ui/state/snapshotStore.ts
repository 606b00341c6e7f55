// Where a snapshot without a rotation lies: a folder of this extension's own for each configuration, never in the workspace.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { Snapshot } from '../../model/snapshot';
import { organizationRooms } from '../rooms';

export interface SnapshotFolder {
  readonly root: string;
  /** The last believed snapshot. */
  readonly latest: string;
}

/** The folder for the configuration at `config`; undefined where the window has no storage (no folder is open). */
export function snapshotFolder(context: vscode.ExtensionContext, config: vscode.Uri): SnapshotFolder | undefined {
  if (context.storageUri?.scheme !== 'file') {
    return undefined;
  }
  const name = crypto.createHash('sha256').update(config.toString()).digest('hex').slice(0, 16);
  const root = path.join(context.storageUri.fsPath, 'snapshots', name);
  return { root, latest: path.join(root, 'latest.json') };
}

/** The last snapshot of the configuration, or undefined where none was taken or what is there can't be read. */
export async function readSnapshot(
  context: vscode.ExtensionContext,
  config: vscode.Uri,
): Promise<Snapshot | undefined> {
  const folder = snapshotFolder(context, config);
  const text = folder === undefined ? undefined : await fs.readFile(folder.latest, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : ((await organizationRooms()).parseSnapshot(text).snapshot ?? undefined);
}

/** Keeps `snapshot` as the last one: complete or not at all. */
export async function writeSnapshot(folder: SnapshotFolder, snapshot: Snapshot): Promise<void> {
  await fs.mkdir(folder.root, { recursive: true });
  const partial = `${folder.latest}.${crypto.randomUUID()}.tmp`;
  await fs.writeFile(partial, `${JSON.stringify(snapshot, null, 2)}\n`, 'utf8');
  await fs.rename(partial, folder.latest);
}
