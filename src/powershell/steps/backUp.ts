// Backs up the old certificate of one server to the key folder of the workstation, and opens the file again to prove it.
import { readPfxThumbprint } from '../functionTexts';
import { backUpFile, serverValues, type StepRenderer } from './common';

export const backUp: StepRenderer<'back-up'> = (step, context) => ({
  step: step.id,
  purpose: 'Back up the old certificate with its key, under a password of its own',
  target: `${step.target.server ?? ''}, certificate ${step.thumbprint}`,
  from: 'no backup',
  to: `${backUpFile(step)} in the folder that -KeyFolder names`,
  undo: 'delete the file; the last step of the rotation does',
  values: { ...serverValues(step, context), file: backUpFile(step) },
  functions: [readPfxThumbprint],
  outcome: 'done',
  body: String.raw`
    if (-not $KeyFolder) { throw 'Name the folder for backups: -KeyFolder PATH, outside every workspace.' }
    $null = New-Item -ItemType Directory -Path $KeyFolder -Force -ErrorAction Stop
    $path = Join-Path -Path (Resolve-Path -LiteralPath $KeyFolder -ErrorAction Stop).ProviderPath -ChildPath $file
    if ($path.StartsWith((Split-Path -Parent -Path $PSScriptRoot) + [IO.Path]::DirectorySeparatorChar, 'OrdinalIgnoreCase')) { throw 'The key folder lies in the rotation folder.' }
    $global:LASTEXITCODE = 0
    $null = icacls $KeyFolder /inheritance:r /grant:r ('*' + [Security.Principal.WindowsIdentity]::GetCurrent().User.Value + ':(OI)(CI)F')
    if ($LASTEXITCODE -ne 0) { throw 'The key folder could not be made readable for you alone (icacls).' }
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server -Also 'Export-ExchangeCertificate'
    $result.before = @{ servers = @(Read-Servers $server) }
    $again = $secret = Get-Variable -Name ExchangeCertificatesBackupPassword -Scope Global -ValueOnly -ErrorAction SilentlyContinue
    if ($secret -isnot [Security.SecureString]) {
        $secret = Read-Host -Prompt 'New password for the backups (kept as a SecureString in this terminal until the last one)' -AsSecureString
        $again = Read-Host -Prompt 'The same password again: the backup is opened with it' -AsSecureString
    }
    $part = $path + '.part'
    try {
        if (-not (Test-Path -LiteralPath $path)) {
            $told = Export-ExchangeCertificate -Thumbprint $thumbprint -Server $server.name -BinaryEncoded -Password $secret -ErrorAction Stop @Pin
            [IO.File]::WriteAllBytes($part, [byte[]]$told.FileData)
            if ((Read-PfxThumbprint ([IO.File]::ReadAllBytes($part)) $again) -ne $thumbprint) { throw 'The backup opens, and does not hold this certificate with its key.' }
            Move-Item -LiteralPath $part -Destination $path -ErrorAction Stop
            $result.changed = $true
        }
        if ((Read-PfxThumbprint ([IO.File]::ReadAllBytes($path)) $again) -ne $thumbprint) { throw 'The file that is there does not hold this certificate with its key.' }
    } finally { if (Test-Path -LiteralPath $part) { Remove-Item -LiteralPath $part -Force } }
    ${context.lastBackUp === step.id ? forget : keep}
    $result.after = @{ servers = $result.before.servers; backup = @{ thumbprint = $thumbprint; verified = $true; file = $file } }
`,
});

const forget = 'Remove-Variable -Name ExchangeCertificatesBackupPassword -Scope Global -ErrorAction SilentlyContinue';
const keep = 'Set-Variable -Name ExchangeCertificatesBackupPassword -Scope Global -Value $secret';
