// Writes a file of keys: complete or absent, for this user alone, and never over another.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs/promises';

/** False when a file of that name is there already. */
export async function writeNew(file: string, bytes: Uint8Array): Promise<boolean> {
  const partial = `${file}.${crypto.randomUUID()}.tmp`;
  await fs.writeFile(partial, bytes, { flag: 'wx', mode: 0o600 });
  try {
    // link fails where the name is taken; rename would overwrite
    await fs.link(partial, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await fs.rm(partial, { force: true });
  }
}
