// What our scripts rely on, row by row, and what an organization answered when it was asked: no names, no thumbprints.

/** What is asked of one row: a command, its parameter, a property of what it gives, a .NET type or a member of one. */
export type AssumptionKind = 'command' | 'parameter' | 'property' | 'type' | 'member';

/** Where it must hold: in the workstation's Windows PowerShell, in a session to Exchange, in a server's own session. */
export type AssumptionPlace = 'here' | 'exchange' | 'server';

export interface Assumption {
  readonly place: AssumptionPlace;
  readonly kind: AssumptionKind;
  /** The command, the type, or the object that has the property: `Get-PopSettings`, `Cert:`. */
  readonly of: string;
  /** The parameter, property or member; null for the command or type itself. */
  readonly name: string | null;
}

/** Null is unknown, and `why` says from where: an error's category, or `no-object`. */
export interface AssumptionAnswer {
  readonly kind: AssumptionKind;
  readonly of: string;
  readonly name: string | null;
  readonly holds: boolean | null;
  readonly why: string | null;
}

/** What *Check Assumptions* brings back. The servers stand in the configuration's order, and nothing names them. */
export interface AssumptionsTold {
  readonly version: 1;
  /** Windows PowerShell's version on the workstation. */
  readonly shell: string | null;
  /** How Exchange was reached; null: not at all. */
  readonly means: 'endpoint' | 'management-shell' | null;
  readonly here: readonly AssumptionAnswer[];
  readonly exchange: readonly AssumptionAnswer[];
  readonly servers: readonly {
    readonly reached: boolean;
    readonly windows: string | null;
    readonly exchange: string | null;
    readonly rows: readonly AssumptionAnswer[];
  }[];
}

/** A row with its answers taken together; `holds` only where everybody who was asked said so. */
export interface JudgedAssumption extends Assumption {
  readonly verdict: 'holds' | 'fails' | 'unknown';
  /** Of the servers, how many said what; for the other places one answer. */
  readonly counts: { readonly holds: number; readonly fails: number; readonly unknown: number };
  /** Why it is unknown, each reason once. */
  readonly why: readonly string[];
}
