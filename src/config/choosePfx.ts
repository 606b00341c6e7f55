// Which of the files that a pattern names is the new PFX.
import { matchesGlob } from './glob';

export interface PfxFile {
  /** Relative to the configuration, with `/`. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface PfxChoice {
  readonly path: string;
  /** The other files that match, the next best first. */
  readonly others: readonly string[];
}

/** The newest by modification time, then the last by name; undefined where none matches. The choice is shown, never silent. */
export function choosePfx(pattern: string, files: readonly PfxFile[]): PfxChoice | undefined {
  const [best, ...others] = files
    .filter(({ path }) => matchesGlob(pattern, path))
    .sort((one, other) => other.modified - one.modified || (one.path < other.path ? 1 : -1))
    .map(({ path }) => path);
  return best === undefined ? undefined : { path: best, others };
}
