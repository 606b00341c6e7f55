// A folder for this user alone, outside every workspace: where keys are kept, and where scripts run.
import * as path from 'node:path';
import { runSystemProgram } from '../../programs/systemProgram';
import { type Said, together, words } from '../face/say';
import { localFolders } from './localFolders';
import { makeSafeFolder, type Unsafe } from './safeFolder';

export interface OwnFolder {
  readonly path: string;
  /** How it is kept to this user: an access control list on Windows, the mode 0700 elsewhere. */
  readonly protection: 'acl' | 'mode';
}

/** Why the folder is not used, in words. */
export interface RefusedFolder {
  readonly refused: Said;
}

/** Whose access control lists this window has set: it takes two programs each time. */
const kept = new Set<string>();

/** Makes the folder where it is missing and takes everybody else's access away; `setting` is the one that names another. */
export async function makeOwnFolder(named: string, setting: string): Promise<OwnFolder | RefusedFolder> {
  const folder = path.resolve(named);
  const workspaces = localFolders();
  const unsafe = await makeSafeFolder(folder, workspaces);
  if (unsafe !== undefined) {
    return { refused: together(why(folder, unsafe), words('Name another folder in the setting {0}.', setting)) };
  }
  if (process.platform !== 'win32') {
    return { path: folder, protection: 'mode' };
  }
  if (!kept.has(folder)) {
    await allowOnly(folder, workspaces);
    kept.add(folder);
  }
  return { path: folder, protection: 'acl' };
}

function why(folder: string, unsafe: Unsafe): Said {
  switch (unsafe.unsafe) {
    case 'in-workspace':
      return words(
        'The folder {0} is in the workspace {1}, where others may write: no key is kept and no script is run there.',
        folder,
        unsafe.workspace,
      );
    case 'link':
      return words('The folder {0} is a link or a junction, which may lead elsewhere: it is not used.', folder);
    case 'no-folder':
      return words('{0} is not a folder.', folder);
    case 'of-another-user':
      return words('The folder {0} is not used: {1} belongs to another user.', folder, unsafe.at);
    case 'others-write':
      return words('The folder {0} is not used: others can write to {1}.', folder, unsafe.at);
  }
}

/** By the user's SID: a bare name may be that of a local account, which would shut the user of the domain out (icacls, "Sids may be in numerical form"). */
async function allowOnly(folder: string, workspaces: readonly string[]): Promise<void> {
  const told = await runSystemProgram('whoami.exe', ['/user', '/fo', 'csv', '/nh'], workspaces);
  const sid = /"(S-1-[\d-]+)"/.exec(told)?.[1];
  if (sid === undefined) {
    throw new Error(words('Windows does not tell who you are, so {0} cannot be kept to you.', folder).text);
  }
  // what others were granted on the folder itself goes first
  await runSystemProgram('icacls.exe', [folder, '/reset'], workspaces);
  await runSystemProgram('icacls.exe', [folder, '/inheritance:r', '/grant:r', `*${sid}:(OI)(CI)F`], workspaces);
}
