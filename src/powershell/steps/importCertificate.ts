// Imports the new certificate on one server: by Exchange from the bytes of a local file, or by Windows as in the runbook.
import type { StepOf } from '../../model/plan';
import type { ScriptContext } from '../scriptContext';
import { readPfxThumbprint } from '../functionTexts';
import { serverValues, type StepRenderer } from './common';

export const importCertificate: StepRenderer<'import'> = (step, context) => ({
  step: step.id,
  purpose: `Import the new certificate (${step.by === 'exchange' ? 'Import-ExchangeCertificate' : 'Import-PfxCertificate'}), its key not exportable`,
  target: step.target.server ?? '',
  from: 'not installed',
  to: `${step.thumbprint} installed with its key; -Pfx names ${step.source === 'original' ? 'the PFX of the rotation' : 'the converted copy'}`,
  undo: 'remove the certificate by its thumbprint, as long as nothing uses it',
  values: {
    ...serverValues(step, context),
    ...(step.source === 'original' ? { pfxHash: context.rotation.to.pfx.sha256 } : {}),
  },
  functions: step.source === 'original' ? [] : [readPfxThumbprint],
  body: body(step, context),
});

function body(step: StepOf<'import'>, context: ScriptContext): string {
  const also = step.by === 'exchange' ? " -Also 'Import-ExchangeCertificate'" : '';
  return String.raw`
    if (-not $Pfx) { throw 'Name the PFX file: -Pfx PATH.' }
    $bytes = [IO.File]::ReadAllBytes((Resolve-Path -LiteralPath $Pfx -ErrorAction Stop).ProviderPath)${step.source === 'original' ? checkHash : ''}
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server${also}
    $result.before = @{ servers = @(Read-Servers $server) }${step.by === 'exchange' ? '' : removeLeft}
    if (-not (Find-Certificate $result.before.servers[0] $thumbprint)) {
        $secret = Get-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -ValueOnly -ErrorAction SilentlyContinue
        if ($secret -isnot [Security.SecureString]) { $secret = Read-Host -Prompt 'Password of the PFX file (asked once in this terminal, and again after a failure; kept as a SecureString until the last import)' -AsSecureString }
        try {${step.source === 'original' ? '' : checkCopy}
${step.by === 'exchange' ? byExchange : byWindows}
${context.lastImport === step.id ? forget : keep}
        $result.changed = $true
    }
    $result.after = @{ servers = @(Read-Servers $server) }
    $now = Find-Certificate $result.after.servers[0] $thumbprint
    if (-not $now -or -not $now.hasPrivateKey) { throw 'The certificate is not found by its thumbprint, with its key, after the import.' }
    if ($now.provider -eq 'CNG') { throw 'The key is in a key storage provider (CNG). Exchange needs a cryptographic service provider: convert the PFX and import it again.' }
`;
}

const checkHash = String.raw`
    $hash = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes)) -replace '-'
    if ($hash -ne $pfxHash) { throw 'This is not the PFX file of the rotation: its SHA-256 differs.' }`;

const checkCopy = String.raw`
            if ((Read-PfxThumbprint $bytes $secret) -ne $thumbprint) { throw 'The file does not hold the certificate of the rotation with its key.' }`;

const byExchange = String.raw`            $null = Import-ExchangeCertificate -FileData $bytes -Password $secret -PrivateKeyExportable:$false -Server $server.name -ErrorAction Stop @Pin`;

/** What an import whose session broke has left on the server: said, and removed. */
const removeLeft = String.raw`
    $session = Get-ServerSession $server.fqdn
    $left = @(Invoke-Command -Session $session -ErrorAction Stop -ScriptBlock {
        foreach ($file in @(Get-ChildItem -Path (Join-Path -Path $env:TEMP -ChildPath 'ExchangeCertificates-*.pfx') -ErrorAction SilentlyContinue)) {
            Remove-Item -LiteralPath $file.FullName -Force -ErrorAction Stop
            [string]$file.FullName
        }
    })
    foreach ($file in $left) { Write-Warning -Message ('{0}: {1}, which an interrupted import had left there, was removed.' -f $server.name, $file) }`;

/** The bytes that were hashed are what is written there. */
const byWindows = String.raw`            $copy = 'ExchangeCertificates-{0}.pfx' -f [IO.Path]::GetRandomFileName()
            $failure = ''
            try {
                Invoke-Command -Session $session -ArgumentList $copy, $bytes -ErrorAction Stop -ScriptBlock {
                    param([string]$Copy, [byte[]]$Bytes)
                    [IO.File]::WriteAllBytes((Join-Path -Path $env:TEMP -ChildPath $Copy), $Bytes)
                }
                Invoke-Command -Session $session -ArgumentList $copy, $secret -ErrorAction Stop -ScriptBlock {
                    param([string]$Copy, [Security.SecureString]$Secret)
                    $null = Import-PfxCertificate -FilePath (Join-Path -Path $env:TEMP -ChildPath $Copy) -CertStoreLocation Cert:\LocalMachine\My -Password $Secret -ErrorAction Stop
                }
                $result.changed = $true
            } catch { $failure = [string]$_.Exception.Message; throw } finally {
                $gone = Invoke-Command -Session $session -ArgumentList $copy -ErrorAction SilentlyContinue -ScriptBlock {
                    param([string]$Copy)
                    $file = Join-Path -Path $env:TEMP -ChildPath $Copy
                    if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file -Force -ErrorAction SilentlyContinue }
                    -not (Test-Path -LiteralPath $file)
                }
                if (-not $gone) { throw (('{0} The PFX may still lie on the server as {1}, in the folder for temporary files. Run this step again: it removes it.' -f $failure, $copy) -replace '\A ') }
            }`;

const forget =
  '        } finally { Remove-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -ErrorAction SilentlyContinue }';

const keep = String.raw`            Set-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -Value $secret
        } catch { Remove-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -ErrorAction SilentlyContinue; throw }`;
