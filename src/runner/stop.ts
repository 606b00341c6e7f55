// Why a run came to its end, as one closed set of values: a face has words for each, and one that is forgotten does not compile.
import type { StepState } from '../evidence/stepState';
import type { Thumbprint } from '../model/names';
import type { Check, Step, Verdict } from '../model/plan';
import type { StepError } from '../model/result';
import type { HeldBy } from './port';

/** A step that failed, or whose end is not known. */
export type StoppedState = StepState & { readonly state: 'failed' | 'unknown' };

export function isStopped(state: StepState): state is StoppedState {
  return state.state === 'failed' || state.state === 'unknown';
}

type OfStep<Kind extends string, Data = unknown> = { readonly stop: Kind; readonly step: Step } & Data;

export type Stop =
  /** No open step is left within the scope. */
  | { readonly stop: 'nothing-to-do' }
  /** Another run is going on: nothing was begun. */
  | { readonly stop: 'already-running' }
  /** The rotation was closed, or cannot be read any more. */
  | { readonly stop: 'rotation-closed' }
  /** Configuration, intent or journal were changed elsewhere, or the lock was taken, since the run was begun. */
  | { readonly stop: 'changed-elsewhere'; readonly why: HeldBy }

  // Nothing may begin; `step` is the first open one.
  /** `needs` is the id of the step that must be done first. */
  | OfStep<'waits-for-step', { readonly needs: string }>
  | OfStep<'waits-for-question', { readonly question: string }>
  /** The first server is done, and a person says when the others follow. */
  | OfStep<'waits-for-continue', { readonly check: Check; readonly verdict: Verdict }>
  /** For time to pass, or for a decision. */
  | OfStep<'waits-for-check', { readonly check: Check; readonly verdict: Verdict }>
  | OfStep<'blocked-by-check', { readonly check: Check; readonly verdict: Verdict }>
  /** `because` is the id of the step that failed, or whose end is not known. */
  | OfStep<'blocked-by-step', { readonly because: string }>
  /** Its last run failed or ended unknown, and no snapshot was taken since. */
  | OfStep<'stopped-before', { readonly state: StoppedState }>
  /** It may begin, but only when it is asked for by itself. */
  | OfStep<'only-by-itself'>
  /** It was begun by this run, and may be begun again. */
  | OfStep<'begun-once'>

  // A step was chosen, and nothing of it was begun.
  /** A person did not confirm it. */
  | OfStep<'declined'>
  /** Neither a script nor the extension does it. */
  | OfStep<'not-run-by-us'>
  /** The script at `path` of the rotation's folder differs from its rendering, or is missing. */
  | OfStep<'script-differs', { readonly path: string }>
  /** There is no folder that only this user writes to, for the script to run in; `why` in words. */
  | OfStep<'no-run-folder', { readonly why: string }>
  /** The converted copy that is to be imported is not there. */
  | OfStep<'copy-missing', { readonly file: string }>
  /** No shell can be started, or a script that was begun may still run in the terminal. */
  | OfStep<'no-terminal'>
  /** No endpoint could be probed, or the person stopped it. */
  | OfStep<'no-observation'>
  /** No converted copy was made. */
  | OfStep<'not-converted'>
  /** The PFX holds `found`, not the certificate of this rotation. */
  | OfStep<'other-certificate', { readonly found: Thumbprint }>

  // A step was begun.
  /** `error` is that of its result; null where its checks fail though it reported none. */
  | OfStep<'step-failed', { readonly state: StoppedState; readonly error: StepError | null }>
  | OfStep<'outcome-unknown', { readonly state: StoppedState }>
  /** The terminal was closed before a result came. */
  | OfStep<'terminal-closed', { readonly state: StoppedState }>
  | OfStep<'interrupted', { readonly state: StoppedState }>
  /** The person waits no longer; the script may still run. */
  | OfStep<'given-up', { readonly state: StoppedState }>;

export type StopKind = Stop['stop'];
export type StopOf<Kind extends StopKind> = Extract<Stop, { readonly stop: Kind }>;

/** `idle`: no step may begin. `refused`: one was chosen, and nothing of it was begun. `ended`: one was begun, and is not done. */
export const stopSorts: Readonly<Record<StopKind, 'idle' | 'refused' | 'ended'>> = {
  'nothing-to-do': 'idle',
  'already-running': 'refused',
  'rotation-closed': 'refused',
  'changed-elsewhere': 'refused',
  'waits-for-step': 'idle',
  'waits-for-question': 'idle',
  'waits-for-continue': 'idle',
  'waits-for-check': 'idle',
  'blocked-by-check': 'idle',
  'blocked-by-step': 'idle',
  'stopped-before': 'idle',
  'only-by-itself': 'idle',
  'begun-once': 'idle',
  declined: 'refused',
  'not-run-by-us': 'refused',
  'script-differs': 'refused',
  'copy-missing': 'refused',
  'no-run-folder': 'refused',
  'no-terminal': 'refused',
  'no-observation': 'refused',
  'not-converted': 'refused',
  'other-certificate': 'refused',
  'step-failed': 'ended',
  'outcome-unknown': 'ended',
  'terminal-closed': 'ended',
  interrupted: 'ended',
  'given-up': 'ended',
};

/** What a run began, in order, and why it came to its end. */
export interface RunOutcome {
  readonly begun: readonly Step[];
  readonly stop: Stop;
}
