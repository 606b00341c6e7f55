// Where the entries of a configuration stand in its text.
import type { Range } from './problem';

export type EntryKind = 'server' | 'certificate' | 'send-connector' | 'receive-connector';

export interface EntryPosition {
  readonly kind: EntryKind;
  readonly name: string;
  /** The whole entry. */
  readonly range: Range;
  /** The value of its `name`. */
  readonly nameRange: Range;
}

/** The entry of this kind and name; names compare exactly, as they do between entries. */
export function positionOf(
  positions: readonly EntryPosition[],
  kind: EntryKind,
  name: string,
): EntryPosition | undefined {
  return positions.find((position) => position.kind === kind && position.name === name);
}
