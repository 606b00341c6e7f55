// The catalogue of commands: what scripts and snippets may use, and what hover and *Insert Exchange cmdlet* say of it.

/** Where a command is found: in a session to Exchange, in a server's own session, or in every Windows PowerShell 5.1. */
export type CmdletPlace = 'exchange' | 'server' | 'everywhere';

export interface Cmdlet {
  readonly name: string;
  readonly place: CmdletPlace;
  /** What it does, in one sentence. */
  readonly synopsis: string;
  /** The parameters we rely on, as documented; the common ones (-ErrorAction and the like) are not listed. */
  readonly parameters: readonly string[];
  /** The documentation page. */
  readonly source: string;
}

const exchangePages = 'https://learn.microsoft.com/powershell/module/exchangepowershell/';
const pages = 'https://learn.microsoft.com/powershell/module/';

/** One row; `page` is the module's part of the address, the command's own name follows. */
function row(place: CmdletPlace, page: string): (name: string, parameters: string, synopsis: string) => Cmdlet {
  return (name, parameters, synopsis) => ({
    name,
    place,
    synopsis,
    parameters: parameters === '' ? [] : parameters.split(' '),
    source: `${page}${name.toLowerCase()}`,
  });
}

const exchange = row('exchange', exchangePages);
const pki = row('server', `${pages}pki/`);
const web = row('server', `${pages}webadministration/`);
const core = row('everywhere', `${pages}microsoft.powershell.core/`);
const utility = row('everywhere', `${pages}microsoft.powershell.utility/`);
const management = row('everywhere', `${pages}microsoft.powershell.management/`);
const serverManagement = row('server', `${pages}microsoft.powershell.management/`);

/** Exchange's own commands; each of them takes -DomainController, except where it is not listed. */
const exchangeCmdlets: readonly Cmdlet[] = [
  exchange('Get-ExchangeServer', 'Identity Status DomainController', 'Lists Exchange servers with build and role.'),
  exchange(
    'Get-ExchangeCertificate',
    'Thumbprint Server DomainName DomainController',
    'Lists the certificates in a server’s store that Exchange can use.',
  ),
  exchange(
    'Import-ExchangeCertificate',
    'FileData Password PrivateKeyExportable FriendlyName Server DomainController',
    'Imports a certificate and its key on a server from the bytes of a local PFX file.',
  ),
  exchange(
    'Export-ExchangeCertificate',
    'Thumbprint Server BinaryEncoded Password DomainController',
    'Returns a certificate with its key as the bytes of a PFX file, where the key is exportable.',
  ),
  exchange(
    'Enable-ExchangeCertificate',
    'Thumbprint Services Server Force DoNotRequireSsl NetworkServiceAllowed DomainController',
    'Assigns a certificate to services of a server; for SMTP it asks about the internal transport certificate, and -Force answers Yes.',
  ),
  exchange(
    'Remove-ExchangeCertificate',
    'Thumbprint Server Confirm DomainController',
    'Removes a certificate from a server’s store; refuses one in use.',
  ),
  exchange('Get-SendConnector', 'Identity DomainController', 'Lists the send connectors of the organization.'),
  exchange(
    'Set-SendConnector',
    'Identity TlsCertificateName DomainController',
    'Changes a send connector for the whole organization.',
  ),
  exchange('Get-ReceiveConnector', 'Identity Server DomainController', 'Lists the receive connectors of a server.'),
  exchange(
    'Set-ReceiveConnector',
    'Identity TlsCertificateName DomainController',
    'Changes a receive connector of one server.',
  ),
  exchange(
    'Get-TransportService',
    'Identity DomainController',
    'Tells a server’s transport settings, its internal transport certificate among them.',
  ),
  exchange('Get-PopSettings', 'Server DomainController', 'Tells a server’s POP3 settings.'),
  exchange('Set-PopSettings', 'X509CertificateName Server DomainController', 'Changes a server’s POP3 settings.'),
  exchange('Get-ImapSettings', 'Server DomainController', 'Tells a server’s IMAP4 settings.'),
  exchange('Set-ImapSettings', 'X509CertificateName Server DomainController', 'Changes a server’s IMAP4 settings.'),
  exchange('Get-HybridConfiguration', 'DomainController', 'Tells the hybrid configuration.'),
  exchange(
    'Set-HybridConfiguration',
    'TlsCertificateName DomainController',
    'Changes the hybrid configuration; the connectors are not changed by it.',
  ),
  exchange('Get-AuthConfig', 'DomainController', 'Tells the certificates of OAuth: current, previous, next.'),
  exchange('Get-FederationTrust', 'Identity DomainController', 'Tells the federation trusts and their certificates.'),
  exchange('Get-EdgeSubscription', 'Identity DomainController', 'Lists the Edge subscriptions.'),
  exchange('Get-Queue', 'Server Identity', 'Lists a server’s mail queues with their last errors.'),
  exchange('Get-DomainController', '', 'Lists the domain controllers.'),
];

/** Commands of a server's own session. */
const serverCmdlets: readonly Cmdlet[] = [
  pki(
    'Import-PfxCertificate',
    'FilePath CertStoreLocation Password Exportable',
    'Imports a PFX file into a store of this computer.',
  ),
  pki('Get-PfxData', 'FilePath Password', 'Tells what a PFX file holds, without importing it.'),
  pki(
    'Export-PfxCertificate',
    'Cert FilePath Password ChainOption CryptoAlgorithmOption NoClobber',
    'Writes a certificate with its key to a PFX file.',
  ),
  web('Get-WebBinding', 'Name Protocol Port', 'Lists the bindings of an IIS site.'),
  web('Get-WebConfigurationProperty', 'PSPath Location Filter Name', 'Reads one setting of IIS.'),
  web('Restart-WebAppPool', 'Name', 'Recycles an application pool of IIS.'),
  serverManagement('Get-Service', 'Name', 'Lists services and whether they run.'),
  serverManagement('Restart-Service', 'Name', 'Stops and starts a service.'),
  row('server', `${pages}cimcmdlets/`)(
    'Get-CimInstance',
    'ClassName',
    'Reads facts of the computer, such as its build.',
  ),
  row('server', `${pages}microsoft.powershell.security/`)('Get-Acl', 'Path', 'Tells who may read a file.'),
  row('server', 'https://learn.microsoft.com/iis/')('iisreset', '', 'Stops and starts all web services of a server.'),
  row('everywhere', 'https://learn.microsoft.com/windows-server/administration/windows-commands/')(
    'icacls',
    '',
    'Sets who may read a folder.',
  ),
];

/** Commands of Windows PowerShell itself. */
const baseCmdlets: readonly Cmdlet[] = [
  core('Where-Object', '', 'Lets through what a condition holds for.'),
  core('ForEach-Object', '', 'Does something with each object.'),
  core('Get-Command', 'Name', 'Tells whether a command is there.'),
  core('Import-Module', 'Name', 'Loads a module.'),
  core('Remove-Module', 'ModuleInfo', 'Unloads a module.'),
  core(
    'New-PSSession',
    'ComputerName ConfigurationName ConnectionUri Authentication ThrottleLimit Credential',
    'Opens a session on another computer.',
  ),
  core('Set-StrictMode', 'Off', 'Sets what PowerShell takes for an error besides the errors themselves.'),
  core('Get-PSSession', '', 'Lists the open sessions.'),
  core('Remove-PSSession', 'Session', 'Closes sessions.'),
  core('Invoke-Command', 'Session ScriptBlock ArgumentList ThrottleLimit', 'Runs a block in one or many sessions.'),
  utility(
    'Import-PSSession',
    'Session CommandName DisableNameChecking AllowClobber',
    'Makes the commands of a session callable here.',
  ),
  utility('Add-Member', 'InputObject NotePropertyName NotePropertyValue', 'Adds a property to an object.'),
  utility('ConvertFrom-Json', 'InputObject', 'Reads JSON.'),
  utility('ConvertTo-Json', 'InputObject Depth Compress', 'Writes JSON.'),
  utility('Format-List', 'Property', 'Shows objects as lists of properties.'),
  utility('Get-Date', '', 'Tells the time.'),
  utility('Get-Variable', 'Name Scope ValueOnly', 'Tells a variable.'),
  utility('New-Object', 'TypeName', 'Makes an object.'),
  utility('Read-Host', 'Prompt AsSecureString', 'Asks the person at the terminal.'),
  utility('Remove-Variable', 'Name Scope', 'Forgets a variable.'),
  utility('Select-Object', 'Property Unique First', 'Picks properties or objects.'),
  utility('Set-Variable', 'Name Scope Value', 'Sets a variable.'),
  utility('Sort-Object', 'Property', 'Sorts objects.'),
  utility('Start-Sleep', 'Seconds Milliseconds', 'Waits.'),
  utility('Write-Host', 'Object ForegroundColor', 'Writes to the terminal.'),
  utility('Write-Warning', 'Message', 'Writes a warning.'),
  management('Copy-Item', 'LiteralPath Destination ToSession', 'Copies files, also into a session.'),
  management('Get-ChildItem', 'Path LiteralPath', 'Lists what is in a folder, a store or IIS.'),
  management('Get-Item', 'Path LiteralPath', 'Gets a file or a certificate.'),
  management('Join-Path', 'Path ChildPath', 'Joins the parts of a path.'),
  management('Move-Item', 'LiteralPath Destination', 'Moves a file; never over another.'),
  management('New-Item', 'ItemType Path Force', 'Makes a folder.'),
  management('Remove-Item', 'Path LiteralPath Force', 'Deletes a file or a certificate.'),
  management('Resolve-Path', 'LiteralPath', 'Tells the full path.'),
  management('Split-Path', 'Path Parent Leaf', 'Tells a part of a path.'),
  management('Test-Path', 'LiteralPath', 'Tells whether a path is there.'),
];

/** The whole catalogue, Exchange first. */
export const cmdlets: readonly Cmdlet[] = [...exchangeCmdlets, ...serverCmdlets, ...baseCmdlets];

/** The row of a command, whatever its case; undefined for one the catalogue does not know. */
export function findCmdlet(name: string): Cmdlet | undefined {
  return byName.get(name.toLowerCase());
}

const byName = new Map(cmdlets.map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]));
