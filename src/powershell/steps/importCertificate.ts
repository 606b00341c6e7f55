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
    $Pfx = (Resolve-Path -LiteralPath $Pfx -ErrorAction Stop).ProviderPath${step.source === 'original' ? checkHash : ''}
    Connect-Exchange -Address $exchange -DomainController $domainController${also}
    $result.before = @{ servers = @(Read-Servers $server) }
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
    if ((Get-FileHash -LiteralPath $Pfx -Algorithm SHA256 -ErrorAction Stop).Hash -ne $pfxHash) { throw 'This is not the PFX file of the rotation: its SHA-256 differs.' }`;

const checkCopy = String.raw`
            if ((Read-PfxThumbprint $Pfx $secret) -ne $thumbprint) { throw 'The file does not hold the certificate of the rotation with its key.' }`;

const byExchange = String.raw`            $bytes = [IO.File]::ReadAllBytes($Pfx)
            $null = Import-ExchangeCertificate -FileData $bytes -Password $secret -PrivateKeyExportable:$false -Server $server.name -ErrorAction Stop @Pin`;

const byWindows = String.raw`            $session = Get-ServerSession $server.fqdn
            $copy = [string](Invoke-Command -Session $session -ErrorAction Stop -ScriptBlock { Join-Path -Path $env:TEMP -ChildPath ([IO.Path]::GetRandomFileName()) })
            try {
                Copy-Item -LiteralPath $Pfx -Destination $copy -ToSession $session -ErrorAction Stop
                Invoke-Command -Session $session -ArgumentList $copy, $secret -ErrorAction Stop -ScriptBlock {
                    param([string]$Copy, [Security.SecureString]$Secret)
                    $null = Import-PfxCertificate -FilePath $Copy -CertStoreLocation Cert:\LocalMachine\My -Password $Secret -ErrorAction Stop
                }
            } finally {
                Invoke-Command -Session $session -ArgumentList $copy -ScriptBlock { param([string]$Copy) Remove-Item -LiteralPath $Copy -Force -ErrorAction SilentlyContinue }
            }`;

const forget =
  '        } finally { Remove-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -ErrorAction SilentlyContinue }';

const keep = String.raw`            Set-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -Value $secret
        } catch { Remove-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -ErrorAction SilentlyContinue; throw }`;
