// The folder for backups and converted copies: outside every workspace, for this user alone.
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { makeOwnFolder, type OwnFolder } from './ownFolder';

export type KeyFolder = OwnFolder;

/** Its path as the setting says, else in the user's profile; not yet made. */
export function keyFolderPath(): string {
  const set = vscode.workspace.getConfiguration('exchangeCertificates').get<string>('keyFolder', '');
  return set === '' ? path.join(os.homedir(), '.exchange-certificates') : set;
}

/** Makes the folder where it is missing and takes everybody else's access away. Rejects in plain words for one that is not safe. */
export async function makeKeyFolder(): Promise<KeyFolder> {
  const folder = await makeOwnFolder(keyFolderPath(), 'exchangeCertificates.keyFolder');
  if ('refused' in folder) {
    throw new Error(folder.refused.text);
  }
  return folder;
}
