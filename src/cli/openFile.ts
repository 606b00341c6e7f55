// Reads a PFX or certificate file by its name: a regular one, and one that is too large is refused before it is read.
import * as files from 'node:fs/promises';
import { readBounded } from '../folder/readBounded';
import { defaultLimits, nothingSeen, type PfxOutcome } from '../pfx/outcome';
import { ExitCode } from './command';

/** The bytes; where there are none, what to print and to exit with, or the outcome of a file that is too large. */
export type FileBytes =
  | { readonly bytes: Uint8Array }
  | { readonly message: string; readonly code: number }
  | { readonly refused: PfxOutcome };

export async function readFileOf(file: string): Promise<FileBytes> {
  const allowed = defaultLimits.bytes;
  const read = await readBounded(file, allowed, files).catch((error: unknown) => error as NodeJS.ErrnoException);
  if ('bytes' in read) return read;
  if (!(read instanceof Error) && read.refused === 'too-large') {
    return { refused: { kind: 'refused', limit: 'size', allowed, found: read.size, ...nothingSeen } };
  }
  return { message: `${file}: ${whyNot(read)}`, code: ExitCode.noInput };
}

function whyNot(read: NodeJS.ErrnoException | { readonly refused: 'not-a-file' }): string {
  if (!(read instanceof Error)) return 'not a regular file';
  return read.code === 'ENOENT' ? 'no such file' : `cannot be read (${read.code ?? 'unknown'})`;
}
