// What the organization printed at one moment, raw: null is unknown, an empty list or text is none.
import type { ServerName, Thumbprint, Time } from './names';

export interface CertificateRow {
  readonly thumbprint: Thumbprint;
  /** The certificate's DER in base64; null where the session did not tell it. */
  readonly rawData: string | null;
  /** Names as the server prints them, which is how Exchange compares them; absent in a snapshot of an earlier version. */
  readonly issuer?: string | null;
  readonly subject?: string | null;
  readonly friendlyName: string | null;
  readonly hasPrivateKey: boolean | null;
  readonly exportable: boolean | null;
  /** Name of the key's cryptographic service provider, `CNG` for a key storage provider, null where not told. */
  readonly provider: string | null;
  /** SMTP is enabled where Network Service can read the key (docs/facts-exchange.md#smtp-key). */
  readonly networkServiceCanRead: boolean | null;
  /** Exchange's own word; null through the bare endpoint, which is the normal case. */
  readonly services: readonly string[] | null;
  readonly status: string | null;
  /** Services that Enable-ExchangeCertificate accepted in a believed result of ours; assignment cannot be undone. */
  readonly assigned?: readonly string[];
}

export interface BindingRow {
  /** "" for what HTTP.sys holds beside the bindings of Exchange's two sites: whoever it serves, it uses its certificate. */
  readonly site: string;
  /** Where it answers: `0.0.0.0:443` for all addresses, `[fd00::5]:443`, `portal.mydomain.com:443` by name; absent in a snapshot of an earlier version. */
  readonly address?: string;
  /** The host name it is bound to, mostly by SNI; "" is none. */
  readonly host?: string;
  readonly port: number;
  readonly iis: Thumbprint | null;
  readonly httpSys: Thumbprint | null;
  readonly requireSsl: boolean | null;
}

export interface MailServiceRow {
  readonly x509CertificateName: string | null;
  readonly running: boolean | null;
}

export interface ReceiveConnectorRow {
  /** `SERVER1\Default Frontend SERVER1` */
  readonly identity: string;
  readonly guid: string | null;
  readonly role: string | null;
  readonly bindings: readonly string[] | null;
  readonly enabled: boolean | null;
  readonly authMechanism: readonly string[] | null;
  /** The name it is greeted by, by which one without a certificate's name chooses. From here on absent in a snapshot of an earlier version. */
  readonly fqdn?: string | null;
  /** Whose connections it takes where another connector has the same binding. */
  readonly remoteIPRanges?: readonly string[] | null;
  readonly requireTls?: boolean | null;
  readonly domainSecureEnabled?: boolean | null;
  /** `fabrikam.com:AcceptCloudServicesMail`; [] is none. */
  readonly tlsDomainCapabilities?: readonly string[] | null;
  /** "" is none; null is not told. */
  readonly tlsCertificateName: string | null;
}

export interface SendConnectorRow {
  readonly name: string;
  readonly guid: string | null;
  readonly enabled: boolean | null;
  readonly requireTls: boolean | null;
  readonly sourceTransportServers: readonly ServerName[] | null;
  readonly addressSpaces: readonly string[] | null;
  /** From here on absent in a snapshot of an earlier version; "" is none. */
  readonly fqdn?: string | null;
  readonly tlsAuthLevel?: string | null;
  readonly domainSecureEnabled?: boolean | null;
  readonly cloudServicesMailEnabled?: boolean | null;
  readonly tlsCertificateName: string | null;
}

export interface ServerRow {
  readonly name: ServerName;
  readonly fqdn: string;
  /** `15.2.1748.10` */
  readonly exchange: string | null;
  /** `10.0.20348` */
  readonly windows: string | null;
  readonly roles: readonly string[] | null;
  readonly reached: { readonly exchange: boolean; readonly server: boolean; readonly problem: string | null };
  readonly internalTransport: Thumbprint | null;
  readonly clock: Time | null;
  readonly certificates: readonly CertificateRow[] | null;
  readonly bindings: readonly BindingRow[] | null;
  readonly pop: MailServiceRow | null;
  readonly imap: MailServiceRow | null;
  readonly receiveConnectors: readonly ReceiveConnectorRow[] | null;
}

export interface AuthRow {
  readonly current: Thumbprint | null;
  readonly previous: Thumbprint | null;
  readonly next: Thumbprint | null;
}

/** The code of a problem with a part that only a newer version can have written. */
export const notUnderstood = 'not-understood';

export interface SnapshotProblem {
  readonly where: string;
  readonly code: string;
  readonly detail: string;
}

/** The part of an organization that a script read: a snapshot whole, or what one step's script looked at. */
export interface OrganizationRows {
  readonly servers?: readonly ServerRow[];
  readonly sendConnectors?: readonly SendConnectorRow[] | null;
  /** null: not told; an empty name: no hybrid configuration, or one that names no certificate. */
  readonly hybrid?: { readonly tlsCertificateName: string | null } | null;
  readonly auth?: AuthRow | null;
  readonly federation?: readonly Thumbprint[] | null;
  readonly edgeSubscriptions?: readonly string[] | null;
  /** Queues of send connectors that hold mail back, by connector; `[]` is none. */
  readonly queues?: readonly QueueRow[] | null;
}

export interface QueueRow {
  readonly server: ServerName;
  readonly identity: string;
  readonly nextHopConnector: string | null;
  readonly messages: number;
  readonly lastError: string | null;
}

export interface Snapshot extends Required<Omit<OrganizationRows, 'queues'>> {
  readonly version: 1;
  readonly taken: Time;
  readonly organization: string;
  readonly domainController: string | null;
  readonly means: { readonly exchange: string | null; readonly servers: string | null };
  readonly queues?: readonly QueueRow[] | null;
  readonly problems: readonly SnapshotProblem[];
}
