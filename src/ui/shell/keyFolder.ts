// The folder for backups and converted copies: outside every workspace, for this user alone.
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { isWithin } from '../../programs/place';
import { runSystemProgram } from '../../programs/systemProgram';
import { localFolders } from './localFolders';

export interface KeyFolder {
  readonly path: string;
  /** How it is kept to this user: an access control list on Windows, the mode 0700 elsewhere. */
  readonly protection: 'acl' | 'mode';
}

/** Its path as the setting says, else in the user's profile; not yet made. */
export function keyFolderPath(): string {
  const set = vscode.workspace.getConfiguration('exchangeCertificates').get<string>('keyFolder', '');
  return set === '' ? path.join(os.homedir(), '.exchange-certificates') : set;
}

/** Makes the folder where it is missing and takes everybody else's access away. Rejects for one within an open workspace. */
export async function makeKeyFolder(): Promise<KeyFolder> {
  const folder = path.resolve(keyFolderPath());
  const within = (vscode.workspace.workspaceFolders ?? []).find(
    ({ uri }) => uri.scheme === 'file' && isWithin(folder, uri.fsPath),
  );
  if (within !== undefined) {
    throw new Error(
      vscode.l10n.t(
        'The key folder {0} lies in the workspace {1}. Private keys are never written there: change exchangeCertificates.keyFolder.',
        folder,
        within.name,
      ),
    );
  }
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') {
    await allowOnly(folder);
    return { path: folder, protection: 'acl' };
  }
  await fs.chmod(folder, 0o700);
  return { path: folder, protection: 'mode' };
}

/** By the user's SID: a bare name may be that of a local account, which would shut the user of the domain out (icacls, "Sids may be in numerical form"). */
async function allowOnly(folder: string): Promise<void> {
  const workspaces = localFolders();
  const told = await runSystemProgram('whoami.exe', ['/user', '/fo', 'csv', '/nh'], workspaces);
  const sid = /"(S-1-[\d-]+)"/.exec(told)?.[1];
  if (sid === undefined) {
    throw new Error(vscode.l10n.t('Windows does not tell who you are, so the key folder cannot be kept to you.'));
  }
  // what others were granted on the folder itself goes first
  await runSystemProgram('icacls.exe', [folder, '/reset'], workspaces);
  await runSystemProgram('icacls.exe', [folder, '/inheritance:r', '/grant:r', `*${sid}:(OI)(CI)F`], workspaces);
}
