// Whether a result is ours: written by the script we started, in the run we started, for that step and that server.
import { sameName, type ServerName } from '../model/names';
import type { StepResult } from '../model/result';

/** What the window that started a run knows of it; it lies outside the rotation's folder. */
export interface ExpectedResult {
  readonly step: string;
  readonly run: string;
  /** SHA-256 of the script's rendering. */
  readonly script: string;
  readonly server: ServerName | null;
}

export type Disbelief = 'by-hand' | 'other-run' | 'other-step' | 'other-script' | 'other-server';

export type Belief = { readonly believed: StepResult } | { readonly foreign: StepResult; readonly why: Disbelief };

/** A result that does not fit in every point is shown and not believed; one by hand is a hint to take a snapshot. */
export function believe(result: StepResult, expected: ExpectedResult | undefined): Belief {
  const why = disbeliefOf(result, expected);
  return why === null ? { believed: result } : { foreign: result, why };
}

function disbeliefOf(result: StepResult, expected: ExpectedResult | undefined): Disbelief | null {
  if (result.run === 'by-hand') return 'by-hand';
  if (result.run !== expected?.run) return 'other-run';
  if (result.step !== expected.step) return 'other-step';
  if (result.script.toLowerCase() !== expected.script.toLowerCase()) return 'other-script';
  const { server } = expected;
  const sameServer = (other: ServerName | null): boolean =>
    server === null ? other === null : other !== null && sameName(other, server);
  const rows = [...(result.before?.servers ?? []), ...(result.after?.servers ?? [])];
  // a step on one server tells of that server and of no other
  return sameServer(result.server) && (server === null || rows.every((row) => sameServer(row.name)))
    ? null
    : 'other-server';
}
