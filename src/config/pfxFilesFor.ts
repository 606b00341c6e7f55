// Which files a pattern of the configuration names, and which of them is the new PFX.
import { matchesGlob } from './glob';

export interface PfxFile {
  /** Relative to the configuration, with `/`. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Those that match; first the one that is taken for the new one: the newest by modification time, then the last by name. */
export function pfxFilesFor<File extends PfxFile>(pattern: string, files: readonly File[]): readonly File[] {
  return files
    .filter(({ path }) => matchesGlob(pattern, path))
    .sort((one, other) => other.modified - one.modified || (one.path < other.path ? 1 : -1));
}
