// A rotation's folder through node:fs, which is given to it: this room touches no world of its own.
import { randomUUID } from 'node:crypto';
import { codeOf, fileAt, folderAt, isLasting, problemOf, refusal, type WayFiles } from './folderWay';
import { FolderFailure, type FolderPort, longestFile, toBytes, toText } from './port';
import { type BoundedFiles, readBounded } from './readBounded';
import type { Read } from './readFile';

/** What of `node:fs/promises` is needed. */
export interface NodeFiles extends WayFiles, BoundedFiles {
  readonly writeFile: (path: string, data: Uint8Array, options: { flag: 'wx' }) => Promise<void>;
  readonly appendFile: (path: string, data: Uint8Array) => Promise<void>;
  readonly readdir: (
    path: string,
    options: { withFileTypes: true },
  ) => Promise<readonly { readonly name: string; isFile(): boolean }[]>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly rm: (path: string, options: { force: true }) => Promise<void>;
}

/** Milliseconds between one attempt and the next, ten seconds in all: scanners, indexers and backups hold a file for moments. */
const pauses = [20, 40, 80, 160, 320, 640, ...Array<number>(8).fill(1000), 740];

type Pause = (milliseconds: number) => Promise<void>;

const wait: Pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Every way into the folder repeats what another program's hold refuses (EPERM, EBUSY, EACCES) for ten seconds, follows
 * no link below the folder, and takes regular files only. Rejects with a {@link FolderFailure}, or answers the problem.
 */
export function nodeFolder(folder: string, files: NodeFiles, pause: Pause = wait): FolderPort {
  const retried = async <T>(act: () => Promise<T>): Promise<T> => {
    for (const milliseconds of pauses) {
      try {
        return await act();
      } catch (error) {
        if (isLasting(error)) throw error;
        await pause(milliseconds);
      }
    }
    return act();
  };
  const as = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      throw error instanceof FolderFailure ? error : new FolderFailure(problemOf(name, error));
    }
  };
  /** The file's full path, its way free of links; `makes` makes the folders that are missing. */
  const at = (name: string, makes = false): Promise<string> => retried(() => fileAt(folder, name, files, makes));
  const written = async (file: string, bytes: Uint8Array): Promise<void> => {
    // complete or absent: another reader never sees half a file; and a name that nobody can have laid a link under
    const part = `${file}.${randomUUID()}.part`;
    try {
      await retried(() => files.writeFile(part, bytes, { flag: 'wx' }));
      await retried(() => files.rename(part, file));
    } catch (error) {
      await retried(() => files.rm(part, { force: true })).catch(() => undefined);
      throw error;
    }
  };
  const read = async (name: string): Promise<Uint8Array> => {
    const file = await at(name);
    const read = await retried(() => readBounded(file, longestFile, files));
    if ('refused' in read) throw refusal(name, read.refused);
    return read.bytes;
  };
  return {
    read: async (name): Promise<Read<Uint8Array>> => {
      try {
        return { value: await read(name) };
      } catch (error) {
        return { problem: error instanceof FolderFailure ? error.problem : problemOf(name, error) };
      }
    },
    write: (name, bytes) => as(name, async () => written(await at(name, true), bytes)),
    create: (name, bytes) =>
      as(name, async () => {
        const file = await at(name, true);
        try {
          await retried(() => files.writeFile(file, bytes, { flag: 'wx' }));
          return true;
        } catch (error) {
          if (codeOf(error) === 'EEXIST') return false;
          throw error;
        }
      }),
    append: (name, more) =>
      as(name, async () => {
        const file = await at(name, true);
        const before = await read(name).catch(orElse(new Uint8Array()));
        const added = toBytes(more(toText(before)));
        await retried(() => files.appendFile(file, added));
      }),
    list: (name) =>
      as(name, async () => {
        const listed = async (): ReturnType<NodeFiles['readdir']> =>
          files.readdir(await folderAt(folder, name.split('/'), files), { withFileTypes: true });
        const entries = await retried(listed).catch(orElse([]));
        return entries
          .filter((entry) => entry.isFile())
          .map((entry) => entry.name)
          .sort();
      }),
    remove: (name) =>
      as(name, async () => {
        const file = await at(name).catch(orElse(undefined));
        if (file !== undefined) await retried(() => files.rm(file, { force: true }));
      }),
  };
}

/** Nothing there is an answer; any other error is the caller's. */
function orElse<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === 'ENOENT') return value;
    throw error;
  };
}
