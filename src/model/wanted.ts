// What the configuration asks for: `exchange-certificates.yaml` once it is read, every default filled in.
import type { ServerName, Thumbprint } from './names';
import type { OddEndpoint, Protocol } from './observation';

/** The Exchange services a certificate can be enabled for here (docs/facts-exchange.md#enable-services; UM and Federation are never ours). */
export type Service = 'IIS' | 'SMTP' | 'POP' | 'IMAP';

/** The endpoints of a server: one for each protocol, and those that share theirs with another. */
export type EndpointKind = Protocol | OddEndpoint;

export interface WantedServer {
  readonly name: ServerName;
  readonly fqdn: string;
  /** Where probes connect to: a host name or address; the fqdn by default. */
  readonly address: string;
  /** Ports; 0 leaves an endpoint out. */
  readonly endpoints: Readonly<Record<EndpointKind, number>>;
  /** `local` is recognised and refused in plain words: its scripts would be carried to the server by hand. */
  readonly mode: 'session' | 'local';
}

export interface WantedCertificate {
  readonly name: string;
  /** A glob relative to the configuration, or null where the certificate is named by thumbprint. */
  readonly pfx: string | null;
  readonly thumbprint: Thumbprint | null;
  /** A pattern with `{notBefore:MMMyy}` and `{notAfter:MMMyy}`; null leaves the friendly name alone. */
  readonly friendlyName: string | null;
  readonly services: readonly Service[];
  readonly hostnames: readonly string[];
}

/** A connector and the name of the certificate entry it must carry; null: it must carry none. */
export interface WantedConnector {
  readonly name: string;
  readonly certificate: string | null;
}

export interface Policy {
  readonly internalTransportCertificate: 'keep' | 'ask';
  /** `exchange`: Import-ExchangeCertificate -FileData; `pki`: the runbook's Import-PfxCertificate on the server. */
  readonly import: 'exchange' | 'pki';
  /** What is done to IIS after a cutover. */
  readonly iis: 'leave' | 'recycle' | 'reset';
  /** Days between the cutover and the removal; 0: not waited, by config. The same for the others. */
  readonly observeDays: number;
  readonly queueMinutes: number;
  readonly replicationMinutes: number;
  /** How long to wait for the internal transport certificate to read back as restored. */
  readonly internalCertificateSeconds: number;
}

/** How the endpoints are looked at. */
export interface WantedProbe {
  /** The server that looks, through a session on it, where the ports are closed from here; null: this computer does. */
  readonly from: ServerName | null;
  /** The file of roots, relative to the configuration, by which the command judges trust; null: the system's store. */
  readonly ca: string | null;
}

export interface Wanted {
  readonly organization: string;
  readonly remoting: { readonly exchange: readonly string[] };
  readonly servers: readonly WantedServer[];
  readonly certificates: readonly WantedCertificate[];
  readonly connectors: {
    readonly send: readonly WantedConnector[];
    /** `{server}` in a name stands for each server's name; it is the part after the backslash. */
    readonly receive: readonly WantedConnector[];
  };
  readonly probe: WantedProbe;
  readonly policy: Policy;
}
