// How each step's last run ended, as the journal tells it.
import type { Time } from '../model/names';
import type { JournalLine, StepResult } from '../model/result';

export interface Run {
  readonly at: Time;
  /** `running`: begun, and no end told yet. */
  readonly outcome: StepResult['outcome'] | 'unknown' | 'running';
}

export type Runs = ReadonlyMap<string, Run>;

export function runsOf(journal: readonly JournalLine[]): Runs {
  const runs = new Map<string, Run>();
  for (const line of journal) {
    if (line.event === 'run') runs.set(line.step, { at: line.at, outcome: 'running' });
    if (line.event === 'result') runs.set(line.step, { at: line.at, outcome: line.outcome });
    if (line.event === 'confirmed') runs.set(line.step, { at: line.at, outcome: 'done' });
    if (line.event === 'undone') runs.delete(line.step);
  }
  return runs;
}
