// session.ps1 as it is written: one constant text, the same for every rotation, so that one hash names it.
import { factsText } from './factsText';
import { sessionText } from './sessionText';

/** The file's text: ASCII with a byte order mark. It stands beside the scripts, which check its hash before they load it. */
export function renderSession(): string {
  return `\uFEFF${sessionText}${factsText}`;
}
