// The folder for backups and converted copies: outside every workspace, for this user alone.
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

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
  const system = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  const run = promisify(execFile);
  const { stdout } = await run(path.join(system, 'whoami.exe'), ['/user', '/fo', 'csv', '/nh']);
  const sid = /"(S-1-[\d-]+)"/.exec(stdout)?.[1];
  if (sid === undefined) {
    throw new Error(vscode.l10n.t('Windows does not tell who you are, so the key folder cannot be kept to you.'));
  }
  const icacls = path.join(system, 'icacls.exe');
  // what others were granted on the folder itself goes first
  await run(icacls, [folder, '/reset']);
  await run(icacls, [folder, '/inheritance:r', '/grant:r', `*${sid}:(OI)(CI)F`]);
}

function isWithin(folder: string, parent: string): boolean {
  const relative = path.relative(parent, folder);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
