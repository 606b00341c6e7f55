// Finds the Git repository that a folder belongs to and its index, and takes key files out of the index; starts no program.
//
// Git itself is never asked: a repository's own configuration says what Git runs, and a folder of a workspace can be made a repository by
// text files alone (git-config, safe.bareRepository, core.fsmonitor). What is read here is the index, and nothing of it is followed.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { type IndexProblem, readKeyIndex, type KeyIndex, type TrackedKey, withoutKeys } from './gitIndex';

/**
 * `no-repository`: the `.git` found is none, or leads to another computer. `no-file`: the index is a link or the like. `large`: over 16 MiB.
 * `unreadable`: the disk refused.
 */
export type TrackedProblem = IndexProblem | 'no-repository' | 'no-file' | 'large' | 'unreadable';

/** What Git tracks below a folder: paths from that folder with `/`, sorted; `more` is how many of the repository were not listed. */
export type Tracked = { readonly names: readonly string[]; readonly more: number } | NotKnown;

export interface NotKnown {
  readonly problem: TrackedProblem;
  /** The file or folder that could not be read. */
  readonly place: string;
}

/** `by-hand`: the index is of a kind that only Git writes, or the repository lies elsewhere. `changed`: something else writes it now. */
export type Removal =
  { readonly removed: readonly string[] } | { readonly problem: TrackedProblem | 'by-hand' | 'changed' };

interface Repository {
  readonly top: string;
  readonly index: string;
  /** Whether `.git` is the repository itself, and no file that leads to it. */
  readonly own: boolean;
}

// some 150,000 files; what is read holds the window's own thread
const mostBytes = 16 << 20;
// git's own limit for a file that says where the repository is is 1 MiB; a path is far shorter
const mostPointer = 8192;

/** Asks each repository once, however many folders lie in it; a folder outside of any tracks nothing. */
export async function trackedKeys(folders: readonly string[]): Promise<ReadonlyMap<string, Tracked>> {
  const indexes = new Map<string, ReturnType<typeof latestIndex>>();
  const found = await Promise.all(
    folders.map(async (folder) => {
      const repository = await repositoryOf(folder);
      if (repository === undefined || 'problem' in repository) {
        return [folder, repository ?? { names: [], more: 0 }] as const;
      }
      const index = indexes.get(repository.index) ?? latestIndex(repository.index);
      indexes.set(repository.index, index);
      const read = await index;
      return [folder, 'problem' in read ? read : trackedBelow(folder, repository, read)] as const;
    }),
  );
  return new Map(found);
}

/** Takes the key files below `folder` out of the index, as `git rm --cached` does; they stay on disk. Git's own lock is taken for it. */
export async function stopTrackingBelow(folder: string): Promise<Removal> {
  const repository = await repositoryOf(folder);
  if (repository === undefined) {
    return { removed: [] };
  }
  if ('problem' in repository || !repository.own) {
    return { problem: 'by-hand' };
  }
  const lock = `${repository.index}.lock`;
  const handle = await fs.open(lock, 'wx').catch(() => undefined);
  if (handle === undefined) {
    return { problem: 'changed' };
  }
  let isOurs = true;
  try {
    const read = await readIndex(repository.index);
    if ('problem' in read) {
      return { problem: read.problem };
    }
    const keys = keysBelow(folder, repository.top, read.index);
    const written = keys.length === 0 ? read.bytes : withoutKeys(read.bytes, read.index, keys);
    if (written === undefined) {
      return { problem: 'by-hand' };
    }
    if (keys.length > 0) {
      await handle.writeFile(written);
      await handle.chmod(read.mode);
      await handle.close();
      await fs.rename(lock, repository.index);
      isOurs = false;
    }
    return { removed: namesOf(keys, folder, repository.top) };
  } finally {
    // once it is the index, a lock of that name is another's
    if (isOurs) {
      await handle.close();
      await fs.rm(lock, { force: true });
    }
  }
}

/** By the nearest `.git` upwards, as Git does; a folder that has the files of a repository itself is not taken for one. */
async function repositoryOf(folder: string): Promise<Repository | NotKnown | undefined> {
  for (let top = folder; ; top = path.dirname(top)) {
    const place = path.join(top, '.git');
    const found = await kindOf(place);
    if (found === 'unreadable') {
      return { problem: found, place };
    }
    if (found?.isFolder) {
      // Git, too, passes over a folder of that name that is no repository
      if ((await kindOf(path.join(place, 'HEAD'))) !== undefined) {
        return { top, index: path.join(place, 'index'), own: true };
      }
    } else if (found !== undefined) {
      const target = found.isFile && found.size <= mostPointer ? await pointedTo(place) : undefined;
      return target === undefined
        ? { problem: 'no-repository', place }
        : { top, index: path.join(target, 'index'), own: false };
    }
    if (top === path.dirname(top)) {
      return undefined;
    }
  }
}

/** Of a work tree's or a submodule's `gitdir: PATH`. One that leads to another computer would show it who asks, and is not followed. */
async function pointedTo(file: string): Promise<string | undefined> {
  const told = /^gitdir: ([^\0\r\n]+)\r?\n?$/.exec(await fs.readFile(file, 'utf8').catch(() => ''))?.[1];
  if (told === undefined) {
    return undefined;
  }
  const target = path.resolve(path.dirname(file), told);
  const root = path.parse(target).root;
  const isElsewhere = /^[\\/]{2}/.test(root) && root.toUpperCase() !== path.parse(file).root.toUpperCase();
  const found = isElsewhere ? undefined : await kindOf(target);
  return found !== undefined && found !== 'unreadable' && found.isFolder ? target : undefined;
}

type ReadIndex = { readonly bytes: Buffer; readonly index: KeyIndex; readonly mode: number } | NotKnown;

const empty: KeyIndex = { version: 2, entries: 0, end: 12, digest: { name: 'sha1', bytes: 20 }, keys: [], more: 0 };

/** A repository without an index tracks nothing yet. */
async function readIndex(place: string): Promise<ReadIndex> {
  // asked for before opening: to open a pipe waits for its writer
  const found = await kindOf(place);
  if (found === undefined) {
    return { bytes: Buffer.alloc(0), index: empty, mode: 0 };
  }
  if (found === 'unreadable') {
    return { problem: found, place };
  }
  if (!found.isFile || found.size > mostBytes) {
    return { problem: found.isFile ? 'large' : 'no-file', place };
  }
  const bytes = await fs.readFile(place).catch(() => undefined);
  if (bytes === undefined) {
    return { problem: 'unreadable', place };
  }
  const index = readKeyIndex(bytes);
  return 'problem' in index ? { problem: index.problem, place } : { bytes, index, mode: found.mode };
}

/** What was read last, by the index's place. */
const latest = new Map<string, { readonly stamp: string; readonly read: KeyIndex | NotKnown }>();
const mostRemembered = 50;

/** As `readIndex`, and what it answered last where nothing has written the index since: it is asked for with each change of the workspace. */
async function latestIndex(place: string): Promise<KeyIndex | NotKnown> {
  const found = await kindOf(place);
  const stamp = found === undefined || found === 'unreadable' ? '' : found.stamp;
  const known = latest.get(place);
  if (stamp !== '' && known?.stamp === stamp) {
    return known.read;
  }
  const read = await readIndex(place);
  if (latest.size >= mostRemembered) {
    latest.clear();
  }
  const told = 'problem' in read ? read : read.index;
  latest.set(place, { stamp, read: told });
  return told;
}

interface Kind {
  readonly size: number;
  readonly mode: number;
  readonly isFile: boolean;
  readonly isFolder: boolean;
  /** Changes with each writing. */
  readonly stamp: string;
}

/** Of the thing itself, and not of what a link leads to; undefined where there is none. */
async function kindOf(place: string): Promise<Kind | 'unreadable' | undefined> {
  try {
    const found = await fs.lstat(place);
    const { size, mode, ino, mtimeMs, ctimeMs } = found;
    const stamp = [size, ino, mtimeMs, ctimeMs].join(' ');
    return { size, mode: mode & 0o777, isFile: found.isFile(), isFolder: found.isDirectory(), stamp };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'unreadable';
  }
}

function trackedBelow(folder: string, { top }: Repository, index: KeyIndex): Tracked {
  return { names: namesOf(keysBelow(folder, top, index), folder, top), more: index.more };
}

function keysBelow(folder: string, top: string, { keys }: KeyIndex): readonly TrackedKey[] {
  const prefix = comparable(prefixOf(folder, top));
  return keys.filter((key) => comparable(key.path).startsWith(prefix));
}

/** Sorted, each once: a file in conflict stands in the index several times. */
function namesOf(keys: readonly TrackedKey[], folder: string, top: string): readonly string[] {
  const { length } = prefixOf(folder, top);
  return [...new Set(keys.map((key) => key.path.slice(length)))].sort();
}

function prefixOf(folder: string, top: string): string {
  const relative = path.relative(top, folder).replaceAll(path.sep, '/');
  return relative === '' ? '' : `${relative}/`;
}

/** The folder's own spelling may differ from the index's where the disk knows no case. */
function comparable(name: string): string {
  return process.platform === 'linux' ? name : name.toLowerCase();
}
