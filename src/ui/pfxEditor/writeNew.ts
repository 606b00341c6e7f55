// Writes a file of keys: complete or absent, for this user alone, and never over another.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs/promises';

/** What of `node:fs/promises` is needed. */
export type NewFiles = Pick<typeof fs, 'writeFile' | 'link' | 'copyFile' | 'rm'>;

/** False when a file of that name is there already. */
export async function writeNew(file: string, bytes: Uint8Array, files: NewFiles = fs): Promise<boolean> {
  const partial = `${file}.${crypto.randomUUID()}.tmp`;
  await files.writeFile(partial, bytes, { flag: 'wx', mode: 0o600 });
  try {
    await files.link(partial, file).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') {
        throw error;
      }
      // exFAT, and many a share, know no links; a copy is as exclusive, and its target gets the rights of the source
      return files.copyFile(partial, file, fs.constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await files.rm(partial, { force: true });
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
