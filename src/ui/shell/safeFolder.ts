// Makes a folder that only this user can write to, and says why it can't be one: what runs from it is nobody else's.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { isWithin } from '../../programs/place';

export type Unsafe =
  | { readonly unsafe: 'in-workspace'; readonly workspace: string }
  /** A link or a junction, which may lead elsewhere tomorrow. */
  | { readonly unsafe: 'link' }
  | { readonly unsafe: 'no-folder' }
  /** `at` is the folder itself, or one above it, which its owner can replace. */
  | { readonly unsafe: 'of-another-user' | 'others-write'; readonly at: string };

/**
 * Makes the folder where it is missing; answers why it is not safe, or undefined. The access control list of Windows is the caller's;
 * elsewhere its mode becomes 0700, and nobody but this user and root may be able to replace it or a folder above it.
 */
export async function makeSafeFolder(folder: string, workspaces: readonly string[]): Promise<Unsafe | undefined> {
  const workspace = await workspaceOf(folder, workspaces);
  if (workspace !== undefined) {
    return { unsafe: 'in-workspace', workspace };
  }
  const kind = await kindOf(folder);
  if (kind === 'link') {
    return { unsafe: 'link' };
  }
  if (kind === 'other') {
    return { unsafe: 'no-folder' };
  }
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await kindOf(folder)) !== 'folder') {
    return { unsafe: 'link' };
  }
  if (process.platform === 'win32') {
    return undefined;
  }
  const real = await fs.realpath(folder);
  const unsafe = await heldByOthers(real);
  if (unsafe === undefined) {
    await fs.chmod(real, 0o700);
  }
  return unsafe;
}

/** The folder of that name in a safe one, made where it is missing; rejects for a link or a file in its place. */
export async function folderIn(safe: string, name: string): Promise<string> {
  const folder = path.join(safe, name);
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await kindOf(folder)) !== 'folder') {
    throw new Error(`${folder} is a link or a junction, which may lead elsewhere.`);
  }
  return folder;
}

/** A new folder of that name in a safe one; rejects where there is one already. */
export async function makeFolderIn(safe: string, name: string): Promise<string> {
  const folder = path.join(safe, name);
  await fs.mkdir(folder, { mode: 0o700 });
  return folder;
}

/** The folder that links on its way, or a workspace's, lead to counts as well as the one that is written. */
async function workspaceOf(folder: string, workspaces: readonly string[]): Promise<string | undefined> {
  const places = [folder, await realOf(folder)];
  for (const workspace of workspaces) {
    const real = await realOf(workspace);
    if (places.some((place) => isWithin(place, workspace) || isWithin(place, real))) {
      return workspace;
    }
  }
  return undefined;
}

/** Where the links on the way lead, as far as there is anything. */
async function realOf(folder: string): Promise<string> {
  try {
    return await fs.realpath(folder);
  } catch {
    const above = path.dirname(folder);
    return above === folder ? folder : path.join(await realOf(above), path.basename(folder));
  }
}

async function kindOf(folder: string): Promise<'absent' | 'folder' | 'link' | 'other'> {
  try {
    const entry = await fs.lstat(folder);
    // a junction of Windows is told as a symbolic link
    return entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return 'absent';
    }
    throw error;
  }
}

/** Its own mode is set afterwards, so others may only have no right to replace it. */
async function heldByOthers(real: string): Promise<Unsafe | undefined> {
  const [me, mine] = [process.getuid?.(), process.getgid?.()];
  for (let at = real; ; at = path.dirname(at)) {
    const { uid, gid, mode } = await fs.stat(at);
    if (uid !== me && (at === real || uid !== 0)) {
      return { unsafe: 'of-another-user', at };
    }
    // in a folder with the sticky bit only an entry's owner replaces it
    const isOpen = (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== mine && gid !== 0);
    if (at !== real && isOpen && (mode & 0o1000) === 0) {
      return { unsafe: 'others-write', at };
    }
    if (path.dirname(at) === at) {
      return undefined;
    }
  }
}
