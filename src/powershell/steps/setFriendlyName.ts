// Sets a certificate's friendly name in one server's store.
import { serverValues, type StepRenderer } from './common';

export const setFriendlyName: StepRenderer<'set-friendly-name'> = (step, context) => ({
  step: step.id,
  purpose: 'Set the friendly name of the certificate',
  target: `${step.target.server ?? ''}, certificate ${step.thumbprint}`,
  from: step.previous ?? 'not known',
  to: step.friendlyName,
  undo: 'set the previous friendly name the same way',
  values: { ...serverValues(step, context), friendlyName: step.friendlyName },
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server
    $result.before = @{ servers = @(Read-Servers $server) }
    $found = Find-Certificate $result.before.servers[0] $thumbprint
    if (-not $found) { throw 'The certificate is not installed on this server.' }
    if (-not [string]::Equals([string]$found.friendlyName, $friendlyName)) {
        Invoke-Command -Session (Get-ServerSession $server.fqdn) -ArgumentList $thumbprint, $friendlyName -ErrorAction Stop -ScriptBlock {
            param([string]$Thumbprint, [string]$Name)
            $item = Get-Item -LiteralPath (Join-Path -Path Cert:\LocalMachine\My -ChildPath $Thumbprint) -ErrorAction Stop
            $item.FriendlyName = $Name
        }
        $result.changed = $true
    }
    $result.after = @{ servers = @(Read-Servers $server) }
    if (-not [string]::Equals([string](Find-Certificate $result.after.servers[0] $thumbprint).friendlyName, $friendlyName)) {
        throw 'The friendly name does not read back as set.'
    }
`,
});
