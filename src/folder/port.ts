// The way to a rotation's folder: VS Code's file system or Node's stands behind it.
import type { FileProblem, Read } from './readFile';

/** Paths are relative to the folder, with `/`. All but `read` reject with a {@link FolderFailure}. */
export interface FolderPort {
  /** A regular file of at most {@link longestFile} bytes, or why there is none: `missing`, `unreadable`, `too-large`. */
  readonly read: (path: string) => Promise<Read<Uint8Array>>;
  /** Makes the folders on the way; replaces what is there, whole or not at all. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Exclusive: false, and nothing done, where the file is there already. */
  readonly create: (path: string, bytes: Uint8Array) => Promise<boolean>;
  /** Adds what `more` makes of the file's text, which is '' where there is none. */
  readonly append: (path: string, more: (text: string) => string) => Promise<void>;
  /** Names of the files in a folder, without its subfolders; [] where there is none. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** No error where there is nothing. */
  readonly remove: (path: string) => Promise<void>;
}

/** Bytes; a result may hold a whole snapshot. */
export const longestFile = 1 << 26;

/** What can't be done with a file of the folder, as an error with its sentence. */
export class FolderFailure extends Error {
  constructor(readonly problem: FileProblem) {
    super(`${problem.path}: ${problem.detail === '' ? problem.code : problem.detail}`);
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The file's text, a byte order mark included; undefined where there is none. Rejects where it can't be read. */
export async function readText(port: FolderPort, path: string): Promise<string | undefined> {
  const read = await readFile(port, path);
  if ('value' in read) return read.value;
  if (read.problem.code === 'missing') return undefined;
  throw new FolderFailure(read.problem);
}

/** The file's text, a byte order mark included, or why there is none. Never rejects. */
export async function readFile(port: FolderPort, path: string): Promise<Read<string>> {
  const read = await port.read(path);
  return 'value' in read ? { value: toText(read.value) } : read;
}

export async function writeText(port: FolderPort, path: string, text: string): Promise<void> {
  await port.write(path, encoder.encode(text));
}

/** A byte order mark stays in it. */
export function toText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function toBytes(text: string): Uint8Array {
  return encoder.encode(text);
}
