// Removes the old certificate from one server, behind the guard: any use, or any use that is not known, ends the step without a change.
import { serverValues, type StepRenderer } from './common';
import { readTlsCertificateName } from '../functionTexts';

export const removeCertificate: StepRenderer<'remove'> = (step, context) => ({
  step: step.id,
  purpose: 'Remove the old certificate, if nothing uses it',
  target: `${step.target.server ?? ''}, certificate ${step.thumbprint}`,
  from: step.tlsCertificateName,
  to: 'not installed',
  undo: 'import its backup from the key folder, and enable it for its services',
  values: { ...serverValues(step, context), replacement: step.replacement },
  functions: [readTlsCertificateName],
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Also 'Remove-ExchangeCertificate'
    $result.before = Read-Organization
    $result.before.servers = @(Read-Servers $server)
    $row = $result.before.servers[0]
    if (Find-Certificate $row $thumbprint) {
        $name = Read-TlsCertificateName $server.fqdn $thumbprint
        $new = Find-Certificate $row $replacement
        if (-not $new -or -not $new.hasPrivateKey) { throw 'The new certificate is not installed on this server with its key.' }
        if ([string]::Equals((Read-TlsCertificateName $server.fqdn $replacement), $name, 'OrdinalIgnoreCase')) { throw 'Both certificates have the same name: which one serves a connector cannot be told.' }
        $told = @($row.internalTransport, $row.bindings, $row.receiveConnectors, $row.pop.x509CertificateName, $row.imap.x509CertificateName) + @($result.before.Values)
        $connectors = @($result.before.sendConnectors | Where-Object { $_.sourceTransportServers -contains $server.name }) + $row.receiveConnectors
        $told += @($row.bindings | ForEach-Object { $_.iis; $_.httpSys }) + @($connectors | ForEach-Object { $_.tlsCertificateName })
        if ($told -contains $null -or $null -eq $result.before.hybrid.tlsCertificateName) { throw 'Not every use of the certificate could be read, and what is unknown counts as use.' }
        $uses = @($row.internalTransport) + @($row.bindings | ForEach-Object { $_.iis; $_.httpSys }) + @($result.before.auth.Values) + @($result.before.federation)
        $names = @($connectors | ForEach-Object { $_.tlsCertificateName }) + $result.before.hybrid.tlsCertificateName
        if ($uses -contains $thumbprint -or $names -contains $name) { throw 'The certificate is still used: by a binding, a connector, the internal transport, the hybrid configuration, OAuth or federation.' }
        Remove-ExchangeCertificate -Thumbprint $thumbprint -Server $server.name -Confirm:$false -ErrorAction Stop @Pin
        $result.changed = $true
    }
    $result.after = @{ servers = @(Read-Servers $server) }
    if (Find-Certificate $result.after.servers[0] $thumbprint) { throw 'The certificate is still there.' }
`,
});
