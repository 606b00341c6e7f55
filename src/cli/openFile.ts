// Opens a PFX file by its name; one that is too large is refused before it is read.
import * as files from 'node:fs/promises';
import { readBounded } from '../folder/readBounded';
import { openPfx } from '../pfx/openPfx';
import { defaultLimits, nothingSeen, type PfxOutcome } from '../pfx/outcome';

/** `password` is UTF-8 and is overwritten; an error where the file can't be read. */
export async function openFile(file: string, password: Uint8Array): Promise<PfxOutcome | NodeJS.ErrnoException> {
  const allowed = defaultLimits.bytes;
  const read = await readBounded(file, allowed, files).catch((error: unknown) => error as NodeJS.ErrnoException);
  if ('bytes' in read) return openPfx(read.bytes, password);
  password.fill(0);
  if (read instanceof Error) return read;
  if (read.refused === 'not-a-file') return Object.assign(new Error(), { code: 'not a regular file' });
  return { kind: 'refused', limit: 'size', allowed, found: read.size, ...nothingSeen };
}
