// The plan as data: phases of steps, each with what must hold before it and what proves it after.
import type { Difference } from './compareCertificates';
import type { EndpointKind, Service } from './wanted';
import type { ServerName, Thumbprint, Time, TlsCertificateName } from './names';
import type { Phase } from './phases';
import type { StepData, StepKind } from './stepKinds';

export type { Phase, StepKind };

/** What a step acts on; a step on the whole organization names neither. */
export interface Target {
  readonly server?: ServerName;
  /** A receive connector's identity or a send connector's name. */
  readonly connector?: string;
}

export type Check =
  | { readonly check: 'snapshot-taken'; readonly after: Time }
  | {
      readonly check: 'certificate-installed';
      readonly server: ServerName;
      readonly thumbprint: Thumbprint;
      readonly privateKey: true;
      readonly provider: 'csp' | 'any';
    }
  | { readonly check: 'certificate-absent'; readonly server: ServerName; readonly thumbprint: Thumbprint }
  | { readonly check: 'copy-present'; readonly thumbprint: Thumbprint }
  | { readonly check: 'copies-deleted' }
  | { readonly check: 'backup-verified'; readonly server: ServerName; readonly thumbprint: Thumbprint }
  | {
      readonly check: 'friendly-name';
      readonly server: ServerName;
      readonly thumbprint: Thumbprint;
      readonly name: string;
    }
  | {
      readonly check: 'services-enabled';
      readonly server: ServerName;
      readonly thumbprint: Thumbprint;
      readonly services: readonly Service[];
    }
  | { readonly check: 'binding'; readonly server: ServerName; readonly port: number; readonly thumbprint: Thumbprint }
  /** null: the baseline does not tell which it was; such a check can't hold. */
  | { readonly check: 'internal-transport'; readonly server: ServerName; readonly thumbprint: Thumbprint | null }
  | {
      readonly check: 'services-restarted';
      readonly server: ServerName;
      readonly services: readonly Service[];
      readonly thumbprint: Thumbprint;
    }
  | {
      readonly check: 'receive-connector';
      readonly server: ServerName;
      readonly connector: string;
      readonly tlsCertificateName: TlsCertificateName;
    }
  | {
      readonly check: 'send-connector';
      readonly connector: string;
      readonly tlsCertificateName: TlsCertificateName;
    }
  | { readonly check: 'source-servers-ready'; readonly connector: string; readonly thumbprint: Thumbprint }
  | { readonly check: 'hybrid-configuration'; readonly tlsCertificateName: TlsCertificateName }
  | {
      readonly check: 'presents';
      readonly server: ServerName;
      readonly endpoint: EndpointKind;
      readonly thumbprint: Thumbprint;
    }
  | { readonly check: 'observed'; readonly server: ServerName; readonly endpoint: EndpointKind }
  | { readonly check: 'watched'; readonly name: string; readonly minutes: number }
  | { readonly check: 'days-passed'; readonly days: number; readonly since: Time | null }
  | { readonly check: 'reached'; readonly server: ServerName }
  /** `endpoints` are those of the server that are to be looked at; `instead` is what served before it came, and is still there. */
  | {
      readonly check: 'unused';
      readonly server: ServerName;
      readonly thumbprint: Thumbprint;
      readonly endpoints: readonly EndpointKind[];
      readonly instead?: Thumbprint;
    }
  | { readonly check: 'decided'; readonly question: string; readonly answer: string };

/** Why a step is there: what is found beside what is wanted, as codes; the words are made at the face. */
export type Reason =
  | { readonly code: 'always' }
  | { readonly code: 'missing' }
  | { readonly code: 'differs'; readonly found: string | null; readonly wanted: string }
  | { readonly code: 'not-known'; readonly wanted: string }
  | { readonly code: 'pfx-unreadable-on'; readonly windows: '2016' }
  | { readonly code: 'changed-since-baseline'; readonly found: string | null; readonly wanted: string }
  | { readonly code: 'key-storage-provider' }
  | { readonly code: 'outside-of-the-rotation'; readonly servers: readonly ServerName[] };

interface StepBase {
  /** First 8 hexadecimal digits of SHA-256 of `kind|target|thumbprint`. */
  readonly id: string;
  readonly target: Target;
  readonly thumbprint: Thumbprint;
  readonly reason: Reason;
  /** Ids of steps of this plan that must hold first. */
  readonly needs: readonly string[];
  readonly before: readonly Check[];
  readonly after: readonly Check[];
  /** Path of its script within the rotation folder; null where a person or the extension does it. */
  readonly script: string | null;
}

/** A step of one kind: what its script is rendered from. */
export type StepOf<Kind extends StepKind> = {
  readonly [K in Kind]: StepBase & { readonly kind: K } & StepData[K];
}[Kind];

export type Step = StepOf<StepKind>;

export interface PlannedPhase {
  readonly phase: Phase;
  /** Set for a phase that is of one server: each cutover. */
  readonly server?: ServerName;
  /** The server was deferred by decision; its steps stay out until the decision is taken back. */
  readonly deferred?: true;
  readonly steps: readonly Step[];
}

/** What already holds, kept in its place so that it can be shown and not hidden. */
export interface Settled {
  readonly id: string;
  readonly phase: Phase;
  readonly kind: StepKind;
  readonly target: Target;
  readonly check: Check;
  /** Set where nothing was done because the configuration says not to: `not-waited`. */
  readonly note?: 'not-waited' | 'not-offered' | 'nothing-to-do';
}

export interface Question {
  /** Stable, and the key of its decision in `rotation.json`. */
  readonly id: string;
  readonly code:
    | 'follow-receive-connector'
    | 'follow-send-connector'
    | 'follow-hybrid'
    | 'carries-certificate'
    | 'no-backup'
    | 'servers-not-in-config'
    | 'old-name-unknown';
  readonly target: Target;
  readonly answers: readonly string[];
  readonly found: string | null;
}

/** Why there is no plan to run: recognised, and said plainly. */
export interface Refusal {
  readonly code:
    | 'same-name'
    | 'shorter-life'
    | 'local-mode'
    | 'edge'
    | 'unknown-server'
    | 'unknown-certificate'
    | 'no-snapshot-of-server'
    /** `where`: a server, or `remoting.exchange`; `detail`: the host that the configuration names there. */
    | 'host-not-in-baseline'
    | 'old-certificate-not-found'
    | 'empty-subject'
    | 'name-too-long'
    | 'protected-certificate'
    | 'hostname-not-covered'
    | 'same-certificate'
    | 'expired'
    | 'not-yet-valid'
    | 'key-not-rsa'
    | 'unusable-text';
  readonly where: string;
  readonly detail: string | null;
}

export interface Plan {
  readonly version: 1;
  readonly rotation: string;
  readonly inputs: {
    readonly config: string;
    readonly rotation: string;
    readonly baseline: string;
    readonly found: string;
    readonly now: Time;
  };
  readonly class: 'new-name' | 'same-name' | 'shorter-life';
  /** What the new certificate has otherwise than the old one; null where no store told of the old one. */
  readonly comparison: readonly Difference[] | null;
  readonly refusals: readonly Refusal[];
  readonly questions: readonly Question[];
  readonly phases: readonly PlannedPhase[];
  readonly settled: readonly Settled[];
}

/** *Unknown* is never success. `seen` says from when the fact is. */
export type Verdict =
  | { readonly verdict: 'holds'; readonly seen: Time | null }
  | { readonly verdict: 'fails'; readonly seen: Time | null; readonly found: string }
  | { readonly verdict: 'unknown'; readonly why: string };
