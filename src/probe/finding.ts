// The kinds of what may be found at an endpoint, each with the data that its words need.
import type { ServingCode } from '../certificate/servingFindings';
import type { Finding } from '../model/certificate';
import type { ExpiryThresholds } from '../model/expiry';
import type { Thumbprint, Time } from '../model/names';
import type { Observation, ObservationOutcome } from '../model/observation';

export interface Expectation {
  /** The certificate that must be presented, and the one it replaces; null where no plan says. */
  readonly planned: Thumbprint | null;
  readonly old: Thumbprint | null;
  readonly now: Time;
  readonly thresholds: ExpiryThresholds;
}

export type Failure = Exclude<ObservationOutcome, 'presented'>;

type FindingData = Readonly<
  Record<
    Failure,
    {
      readonly detail: string | null;
      readonly protocol: Observation['endpoint']['protocol'];
      /** Versions of TLS that could not be tried. */
      readonly untried: readonly string[];
    }
  >
> & {
  readonly 'as-planned': object;
  readonly 'still-old': { readonly presented: Thumbprint; readonly planned: Thumbprint };
  /** `old` is null where nothing is being replaced. */
  readonly 'third-certificate': {
    readonly presented: Thumbprint;
    readonly planned: Thumbprint;
    readonly old: Thumbprint | null;
  };
  readonly 'certificate-unreadable': object;
  readonly expired: { readonly notAfter: Time };
  readonly 'not-yet-valid': { readonly notBefore: Time };
  readonly expiring: { readonly notAfter: Time; readonly days: number };
  readonly 'name-not-covered': { readonly servername: string; readonly dnsNames: readonly string[] };
  /** Signed with its own key; `trusted` is null where that was not judged. */
  readonly 'self-signed': { readonly subject: string; readonly trusted: boolean | null };
  readonly 'not-trusted': { readonly store: string; readonly reason: string | null };
  readonly 'chain-incomplete': { readonly issuer: string };
  readonly 'chain-out-of-order': object;
  /** Certificates sent twice, or that lead nowhere from the leaf. */
  readonly 'chain-extra': { readonly count: number };
  /** Not all that was sent was read: too many, or no certificates. */
  readonly 'chain-not-read': { readonly sent: number; readonly read: number };
  readonly 'issuer-expired': { readonly subject: string; readonly notAfter: Time };
  readonly 'issuer-not-yet-valid': { readonly subject: string; readonly notBefore: Time };
  readonly 'issuer-expiring': { readonly subject: string; readonly notAfter: Time; readonly days: number };
  readonly 'old-tls': { readonly version: string };
  readonly 'nodes-differ': { readonly nodes: readonly { readonly node: string; readonly presented: Thumbprint }[] };
} & Readonly<
    Record<
      ServingCode,
      {
        /** The issuing certificate that it is about; null: the server's own. */
        readonly subject: string | null;
        readonly message: string;
        readonly remedy: string;
      }
    >
  >;

export type ProbeFindingCode = keyof FindingData;

export type ProbeFinding = {
  readonly [Code in ProbeFindingCode]: {
    readonly code: Code;
    readonly severity: Finding['severity'];
  } & FindingData[Code];
}[ProbeFindingCode];

export interface FindingWords {
  readonly message: string;
  /** What to do; null where nothing is. */
  readonly remedy: string | null;
}

/** A table of words, which a code without any does not compile with. */
export type Words = {
  readonly [Code in ProbeFindingCode]: (finding: Extract<ProbeFinding, { code: Code }>) => FindingWords;
};
