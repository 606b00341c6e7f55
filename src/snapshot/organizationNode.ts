// One node of the organization tree: plain facts and codes, wanted and found side by side.
import type { Found } from '../model/found';
import type { ServerName, Thumbprint, Time } from '../model/names';
import type { Observation, ObservationOutcome } from '../model/observation';
import type { EndpointKind, Service, Wanted } from '../model/wanted';
import type { Difference } from './difference';

export type NodeKind =
  | 'servers'
  | 'server'
  | 'endpoint'
  | 'installed-certificate'
  | 'receive-connector'
  | 'certificates'
  | 'wanted-certificate'
  | 'other-certificate'
  | 'send-connectors'
  | 'send-connector';

/** One thing said beside a label; the face makes the words. Text in it may be a stranger's. */
export type Detail =
  | { readonly code: 'count'; readonly count: number }
  | { readonly code: 'exchange'; readonly version: string }
  | { readonly code: 'windows'; readonly version: string }
  | { readonly code: 'not-reached'; readonly problem: string | null }
  /** Wanted, and nothing found yet. */
  | { readonly code: 'not-looked' }
  | { readonly code: 'not-found' }
  | { readonly code: 'not-in-config' }
  | { readonly code: 'not-told' }
  | { readonly code: 'expires'; readonly notAfter: Time }
  | { readonly code: 'thumbprint'; readonly thumbprint: Thumbprint }
  | { readonly code: 'services'; readonly services: readonly Service[] }
  | { readonly code: 'uses'; readonly uses: readonly string[] }
  | { readonly code: 'on-servers'; readonly servers: readonly string[] }
  | { readonly code: 'wants-certificate'; readonly certificate: string }
  | { readonly code: 'wants-none' }
  | { readonly code: 'carries'; readonly tlsCertificateName: string }
  | { readonly code: 'carries-none' }
  | { readonly code: 'disabled' }
  | { readonly code: 'address'; readonly host: string; readonly port: number }
  | { readonly code: 'probed'; readonly outcome: ObservationOutcome; readonly at: Time; readonly detail: string | null }
  /** The service behind this endpoint is stopped: not offered, and no plan starts it. */
  | { readonly code: 'stopped' };

export interface OrganizationNode {
  /** Stable over refreshes: `server:SERVER1/endpoint:smtp`. */
  readonly id: string;
  readonly kind: NodeKind;
  /** A name of the field or the organization; "" for the groups, whose words are the face's. */
  readonly label: string;
  readonly endpoint: EndpointKind | null;
  readonly thumbprint: Thumbprint | null;
  readonly details: readonly Detail[];
  readonly differences: readonly Difference[];
  /** Whole days till the certificate of this node ends, negative once it has ended; null where there is none or it is not known. */
  readonly expiresInDays: number | null;
  readonly children: readonly OrganizationNode[];
}

/** A node at the top. Its children are made while they are asked for: of thousands of endpoints, not all in one go. */
export type OrganizationGroup = Omit<OrganizationNode, 'children'> & { readonly children: Iterable<OrganizationNode> };

export interface TreeInput {
  readonly wanted: Wanted;
  /** null before the first snapshot. */
  readonly found: Found | null;
  readonly differences: readonly Difference[];
  /** The looks to show where they are not those of `found`. */
  readonly observations?: readonly Observation[];
  readonly now: Date;
  /** What uses a certificate on a server, as words (plan/uses): left out, nothing is said of uses. */
  readonly usesOf?: (server: ServerName, thumbprint: Thumbprint) => readonly string[];
}
