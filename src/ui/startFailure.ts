// Tells a failure of what is there from the start; the log is loaded with the first one.
import type { Said } from './face/say';

/** As `showFailure` of the log. */
export async function tellFailure(what: Said, error: unknown): Promise<void> {
  const { showFailure } = await import('./chunks/output.js');
  showFailure(what, error);
}
