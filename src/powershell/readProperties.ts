// The properties that generated scripts read, each with the reading call that shows whether they are there.

export interface ReadObject {
  /** The command that gives the object; for a drive, its name. */
  readonly of: string;
  readonly properties: readonly string[];
  /** A call that reads one such object and changes nothing; `$one` is the server. Null: only what changes something gives it. */
  readonly read: string | null;
}

/** In a session to Exchange. `Services` and `Status` of a certificate are not relied upon: the bare endpoint tells neither. */
export const exchangeReads: readonly ReadObject[] = [
  {
    of: 'Get-ExchangeServer',
    properties: ['Name', 'Fqdn', 'AdminDisplayVersion', 'ServerRole', 'DistinguishedName', 'OriginatingServer'],
    read: 'Get-ExchangeServer -Identity $one.name -ErrorAction Stop',
  },
  {
    of: 'Get-ExchangeCertificate',
    properties: ['Thumbprint'],
    read: 'Get-ExchangeCertificate -Server $one.name -ErrorAction Stop @Pin',
  },
  {
    of: 'Get-TransportService',
    properties: ['InternalTransportCertificateThumbprint'],
    read: 'Get-TransportService -Identity $one.name -ErrorAction Stop @Pin',
  },
  {
    of: 'Get-PopSettings',
    properties: ['X509CertificateName'],
    read: 'Get-PopSettings -Server $one.name -ErrorAction Stop @Pin',
  },
  {
    of: 'Get-ImapSettings',
    properties: ['X509CertificateName'],
    read: 'Get-ImapSettings -Server $one.name -ErrorAction Stop @Pin',
  },
  {
    of: 'Get-ReceiveConnector',
    properties: [
      ...['Identity', 'Guid', 'TransportRole', 'Bindings', 'Enabled', 'AuthMechanism', 'Fqdn', 'RemoteIPRanges'],
      ...['RequireTLS', 'DomainSecureEnabled', 'TlsDomainCapabilities', 'TlsCertificateName'],
    ],
    read: 'Get-ReceiveConnector -Server $one.name -ErrorAction Stop @Pin',
  },
  {
    of: 'Get-SendConnector',
    properties: [
      ...['Name', 'Guid', 'Enabled', 'RequireTLS', 'Fqdn', 'SourceTransportServers', 'AddressSpaces', 'TlsAuthLevel'],
      ...['DomainSecureEnabled', 'CloudServicesMailEnabled', 'TlsCertificateName'],
    ],
    read: 'Get-SendConnector -ErrorAction Stop @Pin',
  },
  {
    of: 'Get-HybridConfiguration',
    properties: ['TlsCertificateName'],
    read: 'Get-HybridConfiguration -ErrorAction Stop @Pin',
  },
  {
    of: 'Get-AuthConfig',
    properties: ['CurrentCertificateThumbprint', 'PreviousCertificateThumbprint', 'NextCertificateThumbprint'],
    read: 'Get-AuthConfig -ErrorAction Stop @Pin',
  },
  {
    of: 'Get-FederationTrust',
    properties: ['OrgPrivCertificate', 'OrgPrevPrivCertificate', 'OrgNextPrivCertificate'],
    read: 'Get-FederationTrust -ErrorAction Stop @Pin',
  },
  { of: 'Get-EdgeSubscription', properties: ['Name'], read: 'Get-EdgeSubscription -ErrorAction Stop @Pin' },
  {
    of: 'Get-Queue',
    properties: ['Identity', 'NextHopConnector', 'MessageCount', 'LastError'],
    read: 'Get-Queue -Server $one.name -ErrorAction Stop',
  },
  { of: 'Get-DomainController', properties: ['DnsHostName'], read: 'Get-DomainController -ErrorAction Stop' },
  { of: 'Export-ExchangeCertificate', properties: ['FileData'], read: null },
];

const withKey = 'Get-ChildItem -Path Cert:\\LocalMachine\\My | Where-Object { $_.HasPrivateKey -and $_.PrivateKey }';
const keyFile =
  "(Join-Path -Path $env:ProgramData -ChildPath ('Microsoft\\Crypto\\RSA\\MachineKeys\\' + $_.PrivateKey.CspKeyContainerInfo.UniqueKeyContainerName))";

/** In a server's own session. */
export const serverReads: readonly ReadObject[] = [
  {
    of: 'Cert:',
    properties: ['Thumbprint', 'RawData', 'FriendlyName', 'HasPrivateKey', 'PrivateKey', 'Issuer', 'Subject'],
    read: 'Get-ChildItem -Path Cert:\\LocalMachine\\My',
  },
  {
    of: 'CspKeyContainerInfo',
    properties: ['Exportable', 'ProviderName', 'UniqueKeyContainerName'],
    read: `${withKey} | ForEach-Object { $_.PrivateKey.CspKeyContainerInfo }`,
  },
  {
    of: 'Get-Acl',
    properties: ['AccessControlType', 'FileSystemRights', 'IdentityReference'],
    read: `${withKey} | Select-Object -First 1 | ForEach-Object { (Get-Acl -Path ${keyFile}).Access }`,
  },
  {
    of: 'IIS:\\SslBindings',
    properties: ['Port', 'IPAddress', 'Host', 'Thumbprint'],
    read: 'Get-ChildItem -Path IIS:\\SslBindings',
  },
  {
    of: 'Get-WebBinding',
    properties: ['bindingInformation', 'certificateHash', 'sslFlags', 'ItemXPath'],
    read: "Get-WebBinding -Name 'Default Web Site' -Protocol https",
  },
  { of: 'Get-Service', properties: ['Name', 'Status'], read: 'Get-Service -Name MSExchangePOP3 -ErrorAction Stop' },
  {
    of: 'Win32_OperatingSystem',
    properties: ['Version'],
    read: 'Get-CimInstance -ClassName Win32_OperatingSystem -ErrorAction Stop',
  },
];
