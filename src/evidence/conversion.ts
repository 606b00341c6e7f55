// How the journal says that the extension made a converted copy of a PFX: written and read in one place.
import { parseThumbprint, type Thumbprint } from '../model/names';

/** The `what` of a `confirmed` line. */
export function copyMade(thumbprint: Thumbprint): string {
  return `copy ${thumbprint}`;
}

/** The thumbprint of the copy that `what` tells of, or undefined where it tells of something else. */
export function copyTold(what: string): Thumbprint | undefined {
  return what.startsWith('copy ') ? parseThumbprint(what.slice(5)) : undefined;
}
