// How each step's last run ended, as the journal tells it.
import type { Time } from '../model/names';
import type { StepResult } from '../model/result';
import type { Told } from './told';

export interface Run {
  readonly at: Time;
  /** `running`: begun, and no end told yet. */
  readonly outcome: StepResult['outcome'] | 'unknown' | 'running';
  /** The latest snapshot has seen what it left behind. */
  readonly seen: boolean;
}

export type Runs = ReadonlyMap<string, Run>;

/** Where the latest snapshot's line stands among the lines, and when the snapshot was taken. */
export interface SnapshotPlace {
  readonly place: number;
  readonly taken: Time;
}

/** A run is seen by a snapshot whose line stands after the run's, unless the snapshot says that it was taken before. */
export function runsOf(told: readonly Told[], { place, taken }: SnapshotPlace): Runs {
  const runs = new Map<string, Run>();
  for (const [at, { line }] of told.entries()) {
    const seen = at < place && line.at <= taken;
    if (line.event === 'run') runs.set(line.step, { at: line.at, outcome: 'running', seen });
    if (line.event === 'result') runs.set(line.step, { at: line.at, outcome: line.outcome, seen });
    if (line.event === 'confirmed') runs.set(line.step, { at: line.at, outcome: 'done', seen });
  }
  return runs;
}
