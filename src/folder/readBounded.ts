// Reads a file that a stranger may have laid there: a regular one only, and never more of it than is asked for.

/** What of `node:fs/promises` is needed. */
export interface BoundedFiles {
  readonly stat: (path: string) => Promise<Status>;
  readonly open: (path: string, flags: 'r') => Promise<OpenFile>;
}

interface Status {
  readonly size: number;
  isFile(): boolean;
}

export interface OpenFile {
  readonly stat: () => Promise<Status>;
  readonly read: (
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: null,
  ) => Promise<{ readonly bytesRead: number }>;
  readonly close: () => Promise<void>;
}

export type BoundedRead =
  | { readonly bytes: Uint8Array }
  | { readonly refused: 'not-a-file' }
  /** `size` is what the file says of itself, or what was read before it was given up. */
  | { readonly refused: 'too-large'; readonly size: number };

/** Bytes of one read from the handle. */
const chunk = 1 << 20;

/** At most `most` bytes, or why not; rejects as the file system does. A link is followed: the caller refuses those it must. */
export async function readBounded(file: string, most: number, files: BoundedFiles): Promise<BoundedRead> {
  // asked before it is opened: to open a pipe is to wait for whoever writes into it
  if (!(await files.stat(file)).isFile()) return { refused: 'not-a-file' };
  const handle = await files.open(file, 'r');
  try {
    return await readOpen(handle, most);
  } finally {
    await handle.close();
  }
}

/** What a file's size says is not believed: a device has none, and a file may grow. */
async function readOpen(handle: OpenFile, most: number): Promise<BoundedRead> {
  const status = await handle.stat();
  if (!status.isFile()) return { refused: 'not-a-file' };
  if (status.size > most) return { refused: 'too-large', size: status.size };
  const parts: Uint8Array[] = [];
  for (let length = 0; length <= most;) {
    const likely = length === 0 ? Math.max(status.size + 1, 4096) : chunk;
    const part = new Uint8Array(Math.min(likely, chunk, most + 1 - length));
    const { bytesRead } = await handle.read(part, 0, part.length, null);
    if (bytesRead === 0) return { bytes: joined(parts, length) };
    parts.push(part.subarray(0, bytesRead));
    length += bytesRead;
  }
  return { refused: 'too-large', size: most + 1 };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
