// Opens a PFX file by its name; one that is too large is refused before it is read.
import { readFile, stat } from 'node:fs/promises';
import { openPfx } from '../pfx/openPfx';
import { defaultLimits, nothingSeen, type PfxOutcome } from '../pfx/outcome';

/** `password` is UTF-8 and is overwritten; an error where the file can't be read. */
export async function openFile(file: string, password: Uint8Array): Promise<PfxOutcome | NodeJS.ErrnoException> {
  const allowed = defaultLimits.bytes;
  const read = await stat(file)
    .then(async ({ size }) => (size > allowed ? size : await readFile(file)))
    .catch((error: unknown) => error as NodeJS.ErrnoException);
  if (typeof read === 'object' && !(read instanceof Error)) return openPfx(read, password);
  password.fill(0);
  return read instanceof Error ? read : { kind: 'refused', limit: 'size', allowed, found: read, ...nothingSeen };
}
