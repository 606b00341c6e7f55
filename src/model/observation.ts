// What was seen from outside at one endpoint of one server: the only witness that is no one's word.
import type { CertificateFacts } from './certificate';
import type { ServerName, Thumbprint, Time } from './names';

/** How the conversation begins: `smtp`, `imap` and `pop3` by STARTTLS or STLS, the others by TLS at once. */
export type Protocol = 'smtp' | 'smtps' | 'imap' | 'imaps' | 'pop3' | 'pop3s' | 'https';

/** Endpoints whose protocol is spoken elsewhere too: client submission on 587, IIS's back end on 444. */
export type OddEndpoint = 'submission' | 'backEnd';

export interface Endpoint {
  /** Only where the protocol does not say which of a server's endpoints it is. */
  readonly kind?: OddEndpoint;
  readonly protocol: Protocol;
  /** What is connected to: the server's own address, never the balancer's name (docs/facts-exchange.md#own-address). */
  readonly host: string;
  /** The one of the host's addresses that is connected to; left out where the system chooses. */
  readonly address?: string;
  readonly port: number;
  /** The service's name, sent as SNI and compared with the certificate. */
  readonly servername: string;
  /** Further names that the certificate presented for `servername` must cover; left out where there are none. */
  readonly furtherNames?: readonly string[];
}

/**
 * Only `presented` proves that the server holds the certificate's key: no other outcome is judged by its certificate.
 * `unreachable`: no connection; `closed`: one that the server ended without presenting anything.
 */
export type ObservationOutcome =
  | 'presented'
  | 'starttls-not-offered'
  | 'starttls-refused'
  | 'injected-before-tls'
  | 'timeout'
  | 'closed'
  | 'not-this-protocol'
  | 'handshake-failed'
  | 'unreachable';

/** Whether the chain as sent leads to a root of a store, as OpenSSL judges it for a server: names are judged apart. */
export interface Trust {
  /** Whose store, in words: `the system's store`, or the name of a file. */
  readonly store: string;
  readonly trusted: boolean;
  /** OpenSSL's code where it is not trusted, such as `SELF_SIGNED_CERT_IN_CHAIN`; null where it is. */
  readonly reason: string | null;
}

/** JSON as it is, so that it can stand in the journal; null is "not told", never "no". */
export interface Observation {
  /** null where an address was probed that belongs to no server of the config. */
  readonly server: ServerName | null;
  readonly endpoint: Endpoint;
  /** When the look began. */
  readonly at: Time;
  readonly outcome: ObservationOutcome;
  /** The leaf; with `handshake-failed`, what came before the failure. */
  readonly certificate: CertificateFacts | null;
  /** Thumbprints as sent, the leaf first; [] where nothing was presented. */
  readonly chain: readonly Thumbprint[];
  /** Of the certificates sent, those that lead up from the leaf: its issuer first. Left out by versions that did not read them. */
  readonly issuers?: readonly CertificateFacts[];
  /** True when the leaf is signed with its own key; left out as `issuers` is. */
  readonly selfSigned?: boolean;
  /** How many certificates were sent that belong to no chain of the leaf, or were sent before; left out where none. */
  readonly stray?: number;
  /** How many certificates were sent, where not all of them were read; left out where all were. */
  readonly sent?: number;
  /** Left out where trust was not judged. */
  readonly trust?: Trust;
  /** True when those that lead up from the leaf were sent in this order (RFC 5246 section 7.4.2); null where the wire did not tell. */
  readonly chainInOrder: boolean | null;
  /** True when signatures lead from the leaf to a root, or to an authority whose issuer was not sent, as a root may be left out. */
  readonly chainComplete: boolean | null;
  /** `{ "version": "TLSv1.3", "cipher": "TLS_AES_256_GCM_SHA384" }` */
  readonly tls: { readonly version: string; readonly cipher: string } | null;
  /** True when the certificate covers `servername` (RFC 9525). */
  readonly nameMatches: boolean | null;
  /** True when an OCSP response came with the handshake; it is not judged. */
  readonly ocspStapled: boolean | null;
  /** The server's greeting with its control characters escaped; null for protocols without one. Text of a stranger. */
  readonly banner: string | null;
  /** What the server or the system said where the outcome is not `presented`, control characters escaped. Text of a stranger. */
  readonly detail: string | null;
  /** The whole look, from the first name lookup to the last byte. */
  readonly milliseconds: number;
  /** The server that looked; left out where this computer did. */
  readonly from?: ServerName;
  /** Versions of TLS that could not be tried from there, where TLS did not come about; left out where all were. */
  readonly untried?: readonly string[];
}

/** What a server that looked for us told, as it told it: raw, to be read as if it came off the wire. */
export interface Looked {
  readonly from: ServerName;
  /** DER in base64, the leaf first, blanks between; the same chain stands once. */
  readonly chains: readonly string[];
  readonly looks: readonly {
    /** Which of the endpoints asked for. */
    readonly number: number;
    readonly at: Time;
    readonly outcome: ObservationOutcome;
    readonly detail: string | null;
    readonly banner: string | null;
    /** Which of the chains. */
    readonly chain: number;
    /** As .NET names them: `Tls12`. */
    readonly version: string | null;
    readonly cipher: string | null;
    readonly milliseconds: number;
  }[];
}
