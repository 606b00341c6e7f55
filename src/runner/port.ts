// What a run needs of the face that drives it: the rotation as it is, a terminal, a person, probing, conversion, progress.
import type { ExpectedResult } from '../evidence/believe';
import type { Situation } from '../evidence/situation';
import type { FolderPort } from '../folder/port';
import type { Thumbprint } from '../model/names';
import type { Observation } from '../model/observation';
import type { Step, StepOf } from '../model/plan';
import type { JournalEvent, StepResult } from '../model/result';

/** Why nothing of a rotation may begin, whatever its plan says. */
export type HeldBy = 'config-changed' | 'written-elsewhere' | 'owes-snapshot' | 'locked';

/** An open rotation at one moment. */
export interface KnownRotation {
  /** Asked before each step: what a person was asked about at the command may have changed since. */
  readonly mayBegin: true | HeldBy;
  readonly situation: Situation;
  /** The believed ones, oldest first. */
  readonly results: readonly StepResult[];
  readonly port: FolderPort;
  /** What stands in each file that is made from the plan, by path within the folder. */
  readonly rendered: ReadonlyMap<string, string>;
}

export interface RotationPort {
  /** undefined where the rotation is not open any more. */
  readonly known: () => KnownRotation | undefined;
  /** Reads everything again, with what results came. */
  readonly refresh: () => Promise<void>;
  /** As `refresh`, then writes what the plan says now. */
  readonly publish: () => Promise<void>;
  /** Adds lines to the journal; rejects in plain words where another window writes. */
  readonly journal: (events: readonly JournalEvent[]) => Promise<void>;
  /** Keeps, outside the rotation's folder, what the result of a run must be, and where it will be. */
  readonly expect: (result: ExpectedResult, folder: RunFolder) => Promise<void>;
}

/** Files outside the rotation's folder that a script is given as arguments: full paths. */
export interface GivenFiles {
  readonly pfx?: string;
  readonly keyFolder?: string;
}

/** The folder of one run, which only this user writes to. */
export interface RunFolder {
  /** As the face names it. */
  readonly path: string;
  readonly port: FolderPort;
}

export interface ScriptCall extends GivenFiles {
  readonly folder: RunFolder;
  /** Path of the script within it, as within the rotation's. */
  readonly script: string;
  /** The run's random id. */
  readonly run: string;
  /** Minutes that the script itself waits, beside those it may take. */
  readonly waits?: number;
}

/** Whatever else than a result ends the wait is unknown, never success. */
export type TerminalEnd = 'result' | 'terminal-closed' | 'interrupted' | 'given-up';

export interface TerminalPort {
  /** What the step's script is given, or the file of it that is missing. */
  readonly givenFiles: (step: Step) => Promise<GivenFiles | { readonly missing: string }>;
  /** A terminal in which nothing of ours runs; undefined where there is none, which the person was told. */
  readonly free: () => Promise<FreeTerminal | undefined>;
}

export interface FreeTerminal {
  /** Makes a new folder for the run of that id, or says in words why there is no safe place for it. */
  readonly makeFolder: (run: string) => Promise<RunFolder | { readonly refused: string }>;
  readonly run: (call: ScriptCall) => Promise<TerminalEnd>;
}

export interface RunPort {
  readonly rotation: RotationPort;
  readonly terminal: TerminalPort;
  /** Whether a person lets the step begin; true at once for one that needs no word. */
  readonly confirm: (step: Step) => Promise<boolean>;
  /** What was seen; `planned` is to be presented, and is waited for. Empty where nothing could be seen. */
  readonly probe: (step: StepOf<'probe'>, planned: Thumbprint | undefined) => Promise<readonly Observation[]>;
  /** The thumbprint within the converted copy; undefined where none was made. */
  readonly convert: (step: StepOf<'convert'>) => Promise<Thumbprint | undefined>;
  /** Told of each step before it begins. */
  readonly progress: (step: Step) => void;
}
