// Exchange's tools as setup installs them, where a script can meet them: a RemoteExchange.ps1 that behaves as Microsoft's own.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * In our words what the connect functions do: an address that does not answer ends at a prompt, never in an error; what is typed there is
 * connected to; access denied leaves the loop with the session that was there before (KB2779694; ConnectFunctions.ps1 of Exchange's Bin folder).
 */
const connectFunctions = String.raw`
function Open-Runspace {
    param($Fqdn)
    $made = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri "http://$Fqdn/PowerShell/" -Authentication Kerberos -ErrorVariable refused
    if ($made) { $global:remoteSession = $made; break connectScope }
    if ($refused[0].Exception.ErrorCode -in 5, 1326) { break connectScope }
}
function Connect-ExchangeServer {
    param($ServerFqdn, $ClientApplication)
    :connectScope do {
        Open-Runspace $ServerFqdn
        Write-Host 'Failed to connect to an Exchange server in the current site.'
        $fqdn = Read-Host -Prompt 'Enter the server FQDN where you want to connect.'
        Open-Runspace $fqdn
    } while ($false)
    try { $null = Import-PSSession -Session $global:remoteSession -DisableNameChecking -ErrorAction Stop } catch { Write-Warning $_ }
}
`;

/** An error that the console goes on after, and that a script which stops on errors does not. */
const toleratedError = "$null = [int]'x'\n";

/**
 * Writes the tools into `folder`, and tells what a terminal runs to be a computer on which they are installed: Exchange's registry key
 * (CSS-Exchange, Get-ExchangeInstallPath) and the variable that setup makes.
 */
export async function installExchangeTools(folder: string): Promise<string> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(bin, 'RemoteExchange.ps1'), toleratedError + connectFunctions);
  return `$env:ExchangeInstallPath = '${folder}'
    function Get-ItemProperty { param($LiteralPath)
      if ($LiteralPath -eq 'HKLM:\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Setup') { [pscustomobject]@{ MsiInstallPath = '${folder}' } } }`;
}
