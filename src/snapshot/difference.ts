// Where what was found is not what the configuration wants, as codes with their data.
import type { OddCharacter } from '../model/oddCharacters';
import type { ServerName, Time } from '../model/names';

/** What a difference is about; `name` is spelled as in the configuration where it stands there. */
export type Subject =
  | { readonly kind: 'organization' }
  | { readonly kind: 'server'; readonly name: ServerName }
  | { readonly kind: 'certificate'; readonly name: string; readonly server: ServerName | null }
  | { readonly kind: 'send-connector'; readonly name: string }
  /** `name` is the configuration's, `{server}` unexpanded; `identity` is the found one's, `SERVER1\Default Frontend SERVER1`. */
  | {
      readonly kind: 'receive-connector';
      readonly name: string | null;
      readonly server: ServerName;
      readonly identity: string;
    };

/** A known name that may have been meant, and the odd characters by which alone it differs ([] where it differs otherwise). */
export interface Candidate {
  readonly name: string;
  readonly odd: readonly OddCharacter[];
}

export type Difference = {
  readonly subject: Subject;
  /** Error: the configuration is wrong or nothing can be planned; warning: a rotation would change or ask; information: to know. */
  readonly severity: 'error' | 'warning' | 'information';
} & (
  | { readonly code: 'organization-differs'; readonly found: string; readonly wanted: string }
  | { readonly code: 'server-not-found'; readonly candidates: readonly Candidate[] }
  | { readonly code: 'server-not-in-config' }
  | { readonly code: 'server-not-reached'; readonly problem: string | null }
  | { readonly code: 'fqdn-differs'; readonly found: string; readonly wanted: string }
  | { readonly code: 'connector-not-found'; readonly candidates: readonly Candidate[] }
  /** The configuration wants none there: a question, never a change of ours. */
  | { readonly code: 'carries-certificate'; readonly found: string }
  /** The configuration wants one and there is none. */
  | { readonly code: 'carries-no-certificate'; readonly certificate: string }
  /** It names a certificate that none of the installed ones of this entry has. */
  | { readonly code: 'carries-another'; readonly found: string; readonly certificate: string }
  | { readonly code: 'name-not-told' }
  /** It names a certificate of the configuration and stands in no entry. */
  | { readonly code: 'not-in-config'; readonly found: string; readonly certificate: string }
  | { readonly code: 'certificate-not-installed' }
  | { readonly code: 'certificates-not-told' }
  | { readonly code: 'certificate-expired'; readonly notAfter: Time }
);
