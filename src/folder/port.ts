// The way to a rotation's folder: VS Code's file system or Node's stands behind it.
/** Paths are relative to the folder, with `/`. */
export interface FolderPort {
  /** undefined where there is no such file. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** Makes the folders on the way; replaces what is there, whole or not at all. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Exclusive: false, and nothing done, where the file is there already. */
  readonly create: (path: string, bytes: Uint8Array) => Promise<boolean>;
  /** Adds what `more` makes of the file's text, which is '' where there is none. */
  readonly append: (path: string, more: (text: string) => string) => Promise<void>;
  /** Names of the files in a folder, without its subfolders; [] where there is none. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Replaces what is at `to`. */
  readonly move: (from: string, to: string) => Promise<void>;
  /** No error where there is nothing. */
  readonly remove: (path: string) => Promise<void>;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The file's text, a byte order mark included. */
export async function readText(port: FolderPort, path: string): Promise<string | undefined> {
  const bytes = await port.read(path);
  return bytes === undefined ? undefined : toText(bytes);
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
