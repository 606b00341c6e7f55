// A rotation's folder through node:fs, which is given to it: this room touches no world of its own.
import * as path from 'node:path';
import { type FolderPort, toBytes, toText } from './port';

/** What of `node:fs/promises` is needed. */
export interface NodeFiles {
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly writeFile: (path: string, data: Uint8Array, options?: { flag: string }) => Promise<void>;
  readonly appendFile: (path: string, data: Uint8Array) => Promise<void>;
  readonly mkdir: (path: string, options: { recursive: true }) => Promise<unknown>;
  readonly readdir: (
    path: string,
    options: { withFileTypes: true },
  ) => Promise<readonly { readonly name: string; isFile(): boolean }[]>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly rm: (path: string, options: { force: true }) => Promise<void>;
}

export function nodeFolder(folder: string, files: NodeFiles): FolderPort {
  const at = (name: string): string => path.join(folder, ...name.split('/'));
  const parent = (name: string): Promise<unknown> => files.mkdir(path.dirname(at(name)), { recursive: true });
  return {
    read: (name) => files.readFile(at(name)).catch(orElse(undefined)),
    write: async (name, bytes) => {
      await parent(name);
      // complete or absent: another reader never sees half a file
      const part = `${at(name)}.part`;
      await files.writeFile(part, bytes);
      await files.rename(part, at(name));
    },
    create: async (name, bytes) => {
      await parent(name);
      try {
        await files.writeFile(at(name), bytes, { flag: 'wx' });
        return true;
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      }
    },
    append: async (name, more) => {
      await parent(name);
      const before = await files.readFile(at(name)).catch(orElse(new Uint8Array()));
      await files.appendFile(at(name), toBytes(more(toText(before))));
    },
    list: async (name) => {
      const entries = await files.readdir(at(name), { withFileTypes: true }).catch(orElse([]));
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
        .sort();
    },
    move: async (from, to) => {
      await parent(to);
      await files.rename(at(from), at(to));
    },
    remove: (name) => files.rm(at(name), { force: true }),
  };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Nothing there is an answer; any other error is the caller's. */
function orElse<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === 'ENOENT') return value;
    throw error;
  };
}
