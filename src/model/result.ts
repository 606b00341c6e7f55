// What a script wrote when it ended, and what the journal keeps of it.
import type { AssumptionsTold } from './assumptions';
import type { Looked, Observation } from './observation';
import type { ServerName, Thumbprint, Time } from './names';
import type { OrganizationRows, Snapshot } from './snapshot';

export interface StepError {
  readonly command: string | null;
  readonly category: string | null;
  readonly message: string;
  readonly position: string | null;
}

/** `results/<step>.<UTC>.<run>.json`: written by a script, complete or absent. */
export interface StepResult {
  readonly version: 1;
  /** The step's id. */
  readonly step: string;
  /** The random id the window gave as an argument; `by-hand` where a person ran the script. */
  readonly run: string;
  /** SHA-256 of the script's file without its signature block. */
  readonly script: string;
  readonly server: ServerName | null;
  readonly started: Time;
  readonly ended: Time;
  readonly outcome: 'done' | 'nothing-to-do' | 'failed';
  readonly changed: boolean;
  /** Facts spelled as in the snapshot; of each server that was read, the whole row. */
  readonly before: OrganizationRows | null;
  readonly after:
    | (OrganizationRows & {
        readonly snapshot?: Snapshot;
        readonly backup?: { readonly thumbprint: Thumbprint; readonly verified: boolean; readonly file: string };
        readonly watched?: { readonly name: string; readonly minutes: number };
        readonly copiesDeleted?: boolean;
        readonly restarted?: readonly string[];
        readonly looked?: Looked;
        readonly assumptions?: AssumptionsTold;
      })
    | null;
  readonly error: StepError | null;
}

interface JournalBase {
  readonly at: Time;
  readonly by: string;
  /** SHA-256 of the line before, without its line break; 64 zeros before the first. */
  readonly previous: string;
}

export type JournalEvent =
  | { readonly event: 'created'; readonly rotation: string }
  | { readonly event: 'snapshot'; readonly path: string; readonly sha256: string }
  | { readonly event: 'run'; readonly step: string; readonly script: string }
  | {
      readonly event: 'result';
      readonly step: string;
      readonly path: string;
      readonly sha256: string;
      readonly outcome: StepResult['outcome'] | 'unknown';
    }
  | { readonly event: 'foreign'; readonly path: string; readonly why: string }
  | { readonly event: 'observation'; readonly observation: Observation }
  | { readonly event: 'decision'; readonly question: string; readonly answer: string }
  /** A person or the extension did a step that has no script: a conversion, a change by hand. */
  | { readonly event: 'confirmed'; readonly step: string; readonly what: string };

export type JournalLine = JournalBase & JournalEvent;
