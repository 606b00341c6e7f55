// Reads a snapshot's text at the border: nothing in it is trusted.
import type { Snapshot, SnapshotProblem } from '../model/snapshot';

export interface ParsedSnapshot {
  /** null where not even the outline holds. `problems` of the snapshot itself hold what the script noted *and* what was malformed. */
  readonly snapshot: Snapshot | null;
  /** What was malformed, by path (`servers[2].certificates`); each such part is unknown (null) in the snapshot. */
  readonly problems: readonly SnapshotProblem[];
}

/** Never throws. */
export type ParseSnapshot = (text: string) => ParsedSnapshot;
