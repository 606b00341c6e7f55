// Imports the new certificate on one server: by Exchange from the bytes of a local file, or by Windows as in the runbook.
import type { ScriptContext } from '../scriptContext';
import { readPassword, readPfxThumbprint } from '../functionTexts';
import { serverValues, type StepOf, type StepRenderer } from './common';

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
  functions: step.source === 'original' ? [readPassword] : [readPassword, readPfxThumbprint],
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
        $secret = Read-Password 'ExchangeCertificatesPfxPassword' 'Password of the PFX file (kept as a SecureString in this terminal until the last import; asked again after a failure)'
        Set-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -Value $secret
        try {${step.source === 'original' ? '' : checkCopy}
${step.by === 'exchange' ? byExchange : byWindows}
        } catch { Remove-Variable -Name ExchangeCertificatesPfxPassword -Scope Global; throw }
        $result.changed = $true
    }
    $result.after = @{ servers = @(Read-Servers $server) }
    $now = Find-Certificate $result.after.servers[0] $thumbprint
    if (-not $now) { throw 'The certificate is not found by its thumbprint after the import: the file holds another one.' }
    if (-not $now.hasPrivateKey) { throw 'The certificate has no private key here.' }
    if ($now.provider -eq 'CNG') { throw 'The key is in a key storage provider (CNG). Exchange needs a cryptographic service provider: convert the PFX and import it again.' }${
      context.lastImport === step.id ? forget : ''
    }
`;
}

const checkHash = String.raw`
    if ((Get-FileHash -LiteralPath $Pfx -Algorithm SHA256 -ErrorAction Stop).Hash -ne $pfxHash) { throw 'This is not the PFX file of the rotation: its SHA-256 differs.' }`;

const checkCopy = String.raw`
            if ((Read-PfxThumbprint $Pfx $secret) -ne $thumbprint) { throw 'The file does not hold the certificate of the rotation with its key.' }`;

const byExchange = String.raw`            $bytes = [IO.File]::ReadAllBytes($Pfx)
            $null = Import-ExchangeCertificate -FileData $bytes -Password $secret -PrivateKeyExportable:$false -Server $server.name -ErrorAction Stop @Pin`;

const byWindows = String.raw`            $session = Get-ServerSession $server.fqdn
            $copy = [string](Invoke-Command -Session $session -ErrorAction Stop -ScriptBlock { Join-Path -Path $env:ProgramData -ChildPath ([IO.Path]::GetRandomFileName()) })
            try {
                Copy-Item -LiteralPath $Pfx -Destination $copy -ToSession $session -ErrorAction Stop
                Invoke-Command -Session $session -ArgumentList $copy, $secret -ErrorAction Stop -ScriptBlock {
                    param([string]$Copy, [Security.SecureString]$Secret)
                    $null = Import-PfxCertificate -FilePath $Copy -CertStoreLocation Cert:\LocalMachine\My -Password $Secret -ErrorAction Stop
                }
            } finally {
                Invoke-Command -Session $session -ArgumentList $copy -ScriptBlock { param([string]$Copy) Remove-Item -LiteralPath $Copy -Force -ErrorAction SilentlyContinue }
            }`;

const forget = String.raw`
    Remove-Variable -Name ExchangeCertificatesPfxPassword -Scope Global -ErrorAction SilentlyContinue`;
