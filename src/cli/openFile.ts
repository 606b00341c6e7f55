// Reads a PFX or certificate file by its name; one that is too large, or no regular file, is refused before it is read.
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
  try {
    const read = await readBounded(file, allowed, files);
    if ('bytes' in read) return read;
    return read.refused === 'too-large'
      ? { refused: { kind: 'refused', limit: 'size', allowed, found: read.size, ...nothingSeen } }
      : { message: `${file}: not a regular file`, code: ExitCode.noInput };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const why = code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`;
    return { message: `${file}: ${why}`, code: ExitCode.noInput };
  }
}
