// Reads the text of a configuration into what is wanted, with every problem at its place.
import type { Wanted } from '../model/wanted';
import type { EntryPosition } from './positions';
import type { ConfigProblem } from './problem';

export interface ParsedConfig {
  /** null while the text has an error: what cannot be trusted whole is not planned with. */
  readonly wanted: Wanted | null;
  /** In the order of the text. */
  readonly problems: readonly ConfigProblem[];
  readonly positions: readonly EntryPosition[];
}

/** Never throws: whatever is wrong with `text` is a problem. */
export type ParseConfig = (text: string) => ParsedConfig;
