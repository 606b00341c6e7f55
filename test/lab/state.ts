// The state of a simulated organization as tests write it (roles, days from now) and read it (thumbprints, times).

/** A role of `certificates` on the way in; always a thumbprint in what `state.get` tells. */
export type CertificateReference = string;

/** `<I>issuer<S>subject`, or `@role` on the way in; null: none. */
export type NameReference = string | null;

export interface LabState {
  name?: string;
  domain?: string;
  domainControllers?: string[];
  settings?: Partial<LabSettings>;
  /** By role; an issuer stands before what it issued. */
  authorities: Record<string, { subject: string; issuer?: string | null; key?: KeyKind }>;
  certificates: Record<string, LabCertificate>;
  servers: LabServer[];
  sendConnectors: LabSendConnector[];
  hybrid?: {
    tlsCertificateName: NameReference;
    /** The name by which the tenant's connectors know the organization's certificate; absent: any. */
    tenantName?: string | null;
    sendingTransportServers?: string[];
    receivingTransportServers?: string[];
  } | null;
  auth?: {
    current: CertificateReference | null;
    previous?: CertificateReference | null;
    next?: CertificateReference | null;
  };
  federation?: {
    name: string;
    certificate: CertificateReference | null;
    previousCertificate?: string | null;
    nextCertificate?: string | null;
  }[];
  edgeSubscriptions?: string[];
}

export type KeyKind = 'rsa1024' | 'rsa2048' | 'rsa3072' | 'rsa4096' | 'ec256' | 'ec384';

/** What the facts leave open; each is a row of table.json. */
export interface LabSettings {
  importExchangeProvider: 'csp' | 'cng';
  importPfxProvider: 'csp' | 'cng';
  /** With an OAuth certificate that has ended or is missing, Get-ExchangeCertificate tells nothing but RawData. */
  serializedDataSigning: boolean;
  /** What Enable-ExchangeCertificate does for IIS with the bindings of the front end beside the first. */
  secondBinding: 'moves' | 'leaves';
  /** Whether Enable-ExchangeCertificate for POP or IMAP writes the certificate's first name into X509CertificateName. */
  enableSetsName: boolean;
  routing: Record<string, string>;
  sessionLimit: number;
  deniedCmdlets: string[];
  /** None named: all rights. */
  roleGroups: string[];
  /** Passwords of the accounts that may open sessions; none named: any. The caller is CONTOSO\\admin. */
  accounts: Record<string, string>;
  /** As `de-DE`; null: English. A server may have its own. */
  culture: string | null;
  datesAsText: boolean;
  /** The workstation's, by scope. */
  executionPolicy: Partial<Record<'MachinePolicy' | 'UserPolicy' | 'Process' | 'CurrentUser' | 'LocalMachine', string>>;
  languageMode: 'FullLanguage' | 'ConstrainedLanguage';
  /** 0: any. */
  kerberosSkewMinutes: number;
}

export interface LabCertificate {
  subject: string;
  /** Role of an authority; null or absent: self-signed. */
  issuer?: string | null;
  /** notBefore and notAfter in days from now; or both times below. */
  days?: [number, number] | null;
  notBefore?: string | null;
  notAfter?: string | null;
  dnsNames?: string[];
  key?: KeyKind;
  /** Which key of the pool; absent: one of its own. */
  keySlot?: number | null;
  /** OIDs; null: no extension; absent: serverAuth. */
  extendedKeyUsage?: string[] | null;
  /** Told by `state.get`. */
  thumbprint?: string | null;
  rawData?: string | null;
}

export interface LabServer {
  name: string;
  fqdn?: string;
  exchange?: string;
  windows?: string;
  roles?: string[];
  site?: string;
  down?: boolean;
  culture?: string | null;
  diskFull?: boolean;
  /** How far its clock is ahead; negative: behind. */
  clockMinutes?: number;
  /** Address of its listeners; absent: none. */
  address?: string | null;
  /** `submission` is 587, `backend` 444; 0 or absent: none. */
  ports?: { smtp: number; https: number; imaps: number; pop3s: number; submission?: number; backend?: number };
  store: LabStoreEntry[];
  /** Roles of authorities or certificates. */
  intermediateStore?: string[];
  internalTransport?: CertificateReference | null;
  bindings?: LabBinding[];
  services?: Record<string, boolean>;
  pop?: { x509CertificateName: string | null; presented?: CertificateReference | null };
  imap?: { x509CertificateName: string | null; presented?: CertificateReference | null };
  receiveConnectors?: LabReceiveConnector[];
  /** The registry's EnableEccCertificateSupport: `1` is the string, `dword:1` a number; null or absent: there is none. */
  eccSupport?: string | null;
  /** Of Exchange 2016's Unified Messaging; absent: TCP. */
  umStartupMode?: 'TCP' | 'TLS' | 'Dual';
}

export interface LabStoreEntry {
  certificate: CertificateReference;
  friendlyName?: string;
  hasPrivateKey?: boolean;
  exportable?: boolean;
  /** Full name of the key's provider. */
  provider?: string;
  container?: string | null;
  networkService?: boolean;
  services?: string[];
  enabledAt?: number;
}

export interface LabBinding {
  site: string;
  /** As IIS keeps it: `` or `*` is every address, one of IPv6 stands in brackets. */
  ip?: string;
  port: number;
  /** The name it is bound to by SNI. */
  host?: string;
  iis: CertificateReference | null;
  httpSys: CertificateReference | null;
  requireSsl?: boolean;
}

export interface LabReceiveConnector {
  name: string;
  guid?: string;
  role?: 'FrontendTransport' | 'HubTransport';
  bindings?: string[];
  enabled?: boolean;
  authMechanism?: string[];
  remoteIpRanges?: string[];
  permissionGroups?: string[];
  tlsDomainCapabilities?: string[];
  domainSecureEnabled?: boolean;
  fqdn?: string | null;
  tlsCertificateName: NameReference;
  requireTls?: boolean;
}

export interface LabSendConnector {
  name: string;
  guid?: string;
  enabled?: boolean;
  requireTls?: boolean;
  sourceTransportServers: string[];
  addressSpaces?: string[];
  tlsCertificateName: NameReference;
  smartHosts?: string[];
  domainSecureEnabled?: boolean;
  tlsAuthLevel?: string | null;
  tlsDomain?: string | null;
  fqdn?: string | null;
  cloudServicesMailEnabled?: boolean;
}

/** One line of `log.get`. */
export interface LabChange {
  readonly number: number;
  readonly at: string;
  readonly operation: string;
  readonly what: string;
  readonly server: string | null;
  readonly detail: string | null;
}

/** What `mail.get` tells: with each change of the organization a message goes each way on each connector. */
export interface LabMail {
  readonly sent: number;
  readonly failed: number;
  readonly failures: readonly {
    readonly change: number;
    readonly operation: string;
    readonly server: string;
    readonly connector: string;
    readonly direction: 'out' | 'in' | 'between';
    readonly error: string;
  }[];
}

/** One line of `outage.get`: a service that had a valid certificate and has none now. */
export interface LabOutage {
  readonly at: string;
  readonly change: number;
  readonly operation: string;
  readonly server: string;
  readonly service: string;
  readonly problem: string;
}
