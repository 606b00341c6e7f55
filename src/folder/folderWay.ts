// The way from a rotation's folder to one of its files: every part of it is what it seems, and what it is not is said.
import * as path from 'node:path';
import { FolderFailure } from './port';
import type { FileProblem } from './readFile';

/** What of `node:fs/promises` the way needs. */
export interface WayFiles {
  readonly lstat: (path: string) => Promise<{ isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }>;
  readonly mkdir: (path: string, options?: { recursive: boolean }) => Promise<unknown>;
}

/** Refused by another program's hold on Windows for moments, or for ever by a right that this user lacks. */
const passing = new Set(['EPERM', 'EBUSY', 'EACCES']);

const words: Readonly<Record<'link' | 'not-a-file' | 'not-a-folder' | 'outside' | 'too-large', string>> = {
  link: 'it is a link or a junction; a rotation takes none, as it could lead out of its folder',
  'not-a-file': 'it is not a regular file',
  'not-a-folder': 'it is a file where a folder should be',
  outside: 'the path leads out of the folder',
  'too-large': 'it is larger than 64 MiB',
};

const reasons = new Map([
  ['ENAMETOOLONG', 'its path is too long'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the file system is read-only'],
  ...[...passing].map((code): [string, string] => [
    code,
    'tried for ten seconds: another program holds it open, or this user has no right to it',
  ]),
]);

export function refusal(name: string, why: keyof typeof words): FolderFailure {
  return new FolderFailure({ path: name, code: why === 'too-large' ? why : 'unreadable', detail: words[why] });
}

/** The problem that an error of the file system is, for the file at `name`. */
export function problemOf(name: string, error: unknown): FileProblem {
  const code = codeOf(error);
  if (code === 'ENOENT') return { path: name, code: 'missing', detail: '' };
  if (code === undefined) throw error;
  const reason = reasons.get(code);
  const detail = reason === undefined ? `the file system says ${code}` : `${reason} (${code})`;
  return { path: name, code: 'unreadable', detail };
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether another attempt comes to the same end. */
export function isLasting(error: unknown): boolean {
  return !passing.has(codeOf(error) ?? '');
}

type Kind = 'absent' | 'link' | 'file' | 'folder' | 'other';

/** The full path of the folder at `parts`: each part a real folder, or absent; `makes` makes those that are missing. */
export async function folderAt(
  root: string,
  parts: readonly string[],
  files: WayFiles,
  makes = false,
): Promise<string> {
  if (!parts.every(isName)) throw refusal(parts.join('/'), 'outside');
  await requireOwnRotations(root, files);
  if (makes) await files.mkdir(root, { recursive: true });
  for (const [depth] of ['', ...parts].entries()) {
    const name = parts.slice(0, depth).join('/');
    const at = path.join(root, ...parts.slice(0, depth));
    const kind = await kindOf(at, files);
    if (kind === 'link') throw refusal(name, 'link');
    if (kind === 'file' || kind === 'other') throw refusal(name, 'not-a-folder');
    if (kind === 'absent') {
      if (!makes) break;
      // another writer may have been faster
      await files.mkdir(at).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error;
      });
    }
  }
  return path.join(root, ...parts);
}

/** A rotation lies in the `rotations` of its configuration's folder: as a link, that would lead every rotation out of it. */
async function requireOwnRotations(root: string, files: WayFiles): Promise<void> {
  const above = path.dirname(root);
  if (path.basename(above).toLowerCase() !== 'rotations') return;
  const kind = await kindOf(above, files);
  if (kind === 'link') throw refusal('..', 'link');
  if (kind === 'file' || kind === 'other') throw refusal('..', 'not-a-folder');
}

/** The full path of the file at `name`, on a way as {@link folderAt} says: a regular file, or absent. */
export async function fileAt(root: string, name: string, files: WayFiles, makes = false): Promise<string> {
  const parts = name.split('/');
  const last = parts.pop() ?? '';
  if (!isName(last)) throw refusal(name, 'outside');
  const file = path.join(await folderAt(root, parts, files, makes), last);
  const kind = await kindOf(file, files);
  if (kind === 'link') throw refusal(name, 'link');
  if (kind === 'folder' || kind === 'other') throw refusal(name, 'not-a-file');
  return file;
}

async function kindOf(at: string, { lstat }: WayFiles): Promise<Kind> {
  try {
    const entry = await lstat(at);
    // a junction of Windows is told as a symbolic link
    if (entry.isSymbolicLink()) return 'link';
    return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'absent';
    throw error;
  }
}

/** Windows takes trailing dots and blanks away, so that dots and blanks alone may be the folder above. */
function isName(part: string): boolean {
  return !/^[. ]*$|[\\\0]/.test(part);
}
