// The runbook's commands as snippets for PowerShell files: one table for the manifest's file and *Insert Exchange cmdlet*.

export interface Snippet {
  readonly prefix: string;
  readonly name: string;
  readonly description: string;
  /** Lines with VS Code's tab stops; a PowerShell variable's `$` is escaped. */
  readonly body: readonly string[];
  /** Where the command is found: in a session to Exchange, on a server, or on any workstation. */
  readonly place: 'exchange' | 'server' | 'workstation';
}

const thumbprint = "'${1:thumbprint}'";

export const snippets: readonly Snippet[] = [
  {
    prefix: 'ex-import-pfx',
    name: 'Import a PFX file on this server',
    description: 'Windows Server 2016 refuses an AES-256 file as if the password were wrong.',
    body: [
      "Import-PfxCertificate -FilePath '${1:C:\\\\certificate.pfx}' -CertStoreLocation Cert:\\LocalMachine\\My -Password (Read-Host -Prompt 'Password' -AsSecureString)",
    ],
    place: 'server',
  },
  {
    prefix: 'ex-import',
    name: 'Import a certificate into Exchange from a local PFX file',
    description: 'The file is read here; the key is not exportable there.',
    body: [
      "Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${1:C:\\\\certificate.pfx}')) -Password (Read-Host -Prompt 'Password' -AsSecureString) -PrivateKeyExportable:\\$false -Server '${2:SERVER1}'",
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-store',
    name: 'List the certificates in this server’s store',
    description: 'With friendly name, subject, thumbprint and dates.',
    body: [
      'Get-ChildItem -Path Cert:\\LocalMachine\\My | Format-List -Property FriendlyName, Subject, DnsNameList, Thumbprint, NotBefore, NotAfter',
    ],
    place: 'server',
  },
  {
    prefix: 'ex-store-dates',
    name: 'Find the old certificate in this server’s store',
    description: 'Subject, thumbprint and end date of each.',
    body: ['Get-ChildItem -Path Cert:\\LocalMachine\\My | Select-Object -Property Subject, Thumbprint, NotAfter'],
    place: 'server',
  },
  {
    prefix: 'ex-certificates',
    name: 'List a server’s Exchange certificates',
    description: 'Status and Services are told in the Exchange Management Shell only.',
    body: [
      "Get-ExchangeCertificate -Server '${1:SERVER1}' | Format-List -Property FriendlyName, Subject, CertificateDomains, Thumbprint, NotBefore, NotAfter, Services, Status",
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-certificate',
    name: 'Show one Exchange certificate',
    description: 'By thumbprint, on one server.',
    body: [`Get-ExchangeCertificate -Thumbprint ${thumbprint} -Server '\${2:SERVER1}' | Format-List`],
    place: 'exchange',
  },
  {
    prefix: 'ex-friendly-name',
    name: 'Show a certificate’s friendly name',
    description: 'On this server.',
    body: ["(Get-Item -LiteralPath 'Cert:\\LocalMachine\\My\\\\${1:thumbprint}').FriendlyName"],
    place: 'server',
  },
  {
    prefix: 'ex-friendly-name-set',
    name: 'Set a certificate’s friendly name',
    description: 'On this server; it says nothing when it worked.',
    body: [
      "(Get-Item -LiteralPath 'Cert:\\LocalMachine\\My\\\\${1:thumbprint}').FriendlyName = '${2:www.mydomain.com - Oct25-Jan26}'",
    ],
    place: 'server',
  },
  {
    prefix: 'ex-enable',
    name: 'Enable a certificate for services',
    description: 'For SMTP it asks to replace the internal transport certificate: answer No.',
    body: [
      `Enable-ExchangeCertificate -Thumbprint ${thumbprint} -Services \${2:POP,IMAP,IIS,SMTP} -Server '\${3:SERVER1}'`,
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-internal',
    name: 'Show the internal transport certificate',
    description: 'It must be the same before and after Enable-ExchangeCertificate.',
    body: ["(Get-TransportService -Identity '${1:SERVER1}').InternalTransportCertificateThumbprint"],
    place: 'exchange',
  },
  {
    prefix: 'ex-restart-mail',
    name: 'Restart the POP and IMAP services that run',
    description: 'They present a new certificate after their restart; a stopped one stays stopped.',
    body: [
      "Get-Service -Name MSExchangePOP3, MSExchangePOP3BE, MSExchangeIMAP4, MSExchangeIMAP4BE | Where-Object { \\$_.Status -eq 'Running' } | Restart-Service",
    ],
    place: 'server',
  },
  {
    prefix: 'ex-iisreset',
    name: 'Reset IIS',
    description: 'Interrupts all web services of this server; seldom needed.',
    body: ['iisreset'],
    place: 'server',
  },
  {
    prefix: 'ex-tls-name',
    name: 'Compute the TlsCertificateName of a certificate',
    description: 'In the Exchange Management Shell: a bare session tells neither issuer nor subject.',
    body: [
      `\\$TLSCert = Get-ExchangeCertificate -Thumbprint ${thumbprint} -Server '\${2:SERVER1}'`,
      "\\$TLSCertName = '<I>' + \\$TLSCert.Issuer + '<S>' + \\$TLSCert.Subject",
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-send',
    name: 'List the send connectors',
    description: 'With address spaces, source servers and certificate.',
    body: [
      'Get-SendConnector | Format-List -Property Name, AddressSpaces, Enabled, SourceTransportServers, TlsCertificateName',
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-send-get',
    name: 'Show a send connector’s certificate',
    description: 'By its exact name.',
    body: ["Get-SendConnector -Identity '${1:SEND}' | Format-List -Property Name, TlsCertificateName"],
    place: 'exchange',
  },
  {
    prefix: 'ex-send-set',
    name: 'Set a send connector’s certificate',
    description: 'Each of its source servers must have the certificate enabled for SMTP first.',
    body: ["Set-SendConnector -Identity '${1:SEND}' -TlsCertificateName ${2:\\$TLSCertName}"],
    place: 'exchange',
  },
  {
    prefix: 'ex-receive',
    name: 'List a server’s receive connectors',
    description: 'With bindings and certificate.',
    body: [
      "Get-ReceiveConnector -Server '${1:SERVER1}' | Format-List -Property Identity, Bindings, Enabled, TlsCertificateName",
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-receive-get',
    name: 'Show a receive connector’s certificate',
    description: 'By server and name.',
    body: [
      "Get-ReceiveConnector -Identity '${1:SERVER1}\\\\${2:Default Frontend SERVER1}' | Format-List -Property Name, TlsCertificateName",
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-receive-set',
    name: 'Set a receive connector’s certificate',
    description: 'One server’s; repeat it for each.',
    body: [
      "Set-ReceiveConnector -Identity '${1:SERVER1}\\\\${2:Default Frontend SERVER1}' -TlsCertificateName ${3:\\$TLSCertName}",
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-export',
    name: 'Export a certificate with its key to a local file',
    description: 'Before it is removed; the key must be exportable.',
    body: [
      `\\$Backup = Export-ExchangeCertificate -Thumbprint ${thumbprint} -Server '\${2:SERVER1}' -BinaryEncoded -Password (Read-Host -Prompt 'New password' -AsSecureString)`,
      "[IO.File]::WriteAllBytes('${3:C:\\\\backup.pfx}', \\$Backup.FileData)",
    ],
    place: 'exchange',
  },
  {
    prefix: 'ex-remove',
    name: 'Remove a certificate by Exchange',
    description: 'Asks first, and refuses one that a send connector names.',
    body: [`Remove-ExchangeCertificate -Thumbprint ${thumbprint} -Server '\${2:SERVER1}'`],
    place: 'exchange',
  },
  {
    prefix: 'ex-remove-item',
    name: 'Remove a certificate from this server’s store',
    description: 'By thumbprint; nothing is checked, and the key’s file stays.',
    body: ["Remove-Item -LiteralPath 'Cert:\\LocalMachine\\My\\\\${1:thumbprint}'"],
    place: 'server',
  },
  {
    prefix: 'ex-session',
    name: 'Open a session to Exchange',
    description: 'By a server’s own name, never the load balancer’s.',
    body: [
      "\\$Session = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri 'http://${1:server1.mydomain.com}/PowerShell/' -Authentication Kerberos",
      'Import-PSSession -Session \\$Session -DisableNameChecking',
    ],
    place: 'workstation',
  },
  {
    prefix: 'ex-session-server',
    name: 'Open a session on a server',
    description: 'For its store, IIS and services.',
    body: [
      "\\$Server = New-PSSession -ComputerName '${1:server1.mydomain.com}'",
      'Invoke-Command -Session \\$Server -ScriptBlock { ${2:Get-ChildItem -Path Cert:\\LocalMachine\\My} }',
    ],
    place: 'workstation',
  },
  {
    prefix: 'ex-session-remove',
    name: 'Close the sessions',
    description: 'A server allows only a few at a time.',
    body: ['Get-PSSession | Remove-PSSession'],
    place: 'workstation',
  },
];

/** media/snippets/exchange.code-snippets as it is written. */
export function renderSnippets(): string {
  const entries = snippets.map(({ name, prefix, description, body }) => [name, { prefix, description, body }]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
