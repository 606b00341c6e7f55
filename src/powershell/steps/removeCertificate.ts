// Removes the old certificate from one server, behind the guard: any use, or any use that is not known, ends the step without a change.
// A connector's source that is no server and no Edge subscription may be this server by another name, and counts as it.
import type { StepOf } from '../../model/plan';
import { noBackupQuestion } from '../../plan/decisions';
import { backUpFile, serverValues, type StepRenderer } from './common';
import { readTlsCertificateName } from '../functionTexts';

export const removeCertificate: StepRenderer<'remove'> = (step, context) => ({
  step: step.id,
  purpose: 'Remove the old certificate, if nothing uses it',
  target: `${step.target.server ?? ''}, certificate ${step.thumbprint}`,
  from: step.tlsCertificateName,
  to: 'not installed',
  undo: 'import its backup from the key folder, and enable it for its services',
  values: {
    ...serverValues(step, context),
    replacement: step.replacement,
    // "" where a person accepted that there is no backup: then there is none to look for
    backup: isWithoutBackup(step) ? '' : backUpFile(step),
  },
  functions: [readTlsCertificateName],
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server -Also 'Remove-ExchangeCertificate'
    $result.before = Read-Organization
    $result.before.servers = @(Read-Servers $server)
    $row = $result.before.servers[0]
    if (Find-Certificate $row $thumbprint) {
        $name = Read-TlsCertificateName $server.fqdn $thumbprint
        $new = Find-Certificate $row $replacement
        if (-not $new -or -not $new.hasPrivateKey) { throw 'The new certificate is not installed on this server with its key.' }
        if ([string]::Equals((Read-TlsCertificateName $server.fqdn $replacement), $name, 'OrdinalIgnoreCase')) { throw 'Both certificates have the same name: which one serves a connector cannot be told.' }
        $told = @($row.internalTransport, $row.bindings, $row.receiveConnectors, $row.pop.x509CertificateName, $row.imap.x509CertificateName) + @($result.before.Values)
        $known = @(Get-ExchangeServer -ErrorAction Stop @Pin | ForEach-Object { [string]$_.Name }) + @($result.before.edgeSubscriptions)
        $connectors = @($result.before.sendConnectors | Where-Object { @($_.sourceTransportServers | Where-Object { $_ -eq $server.name -or $known -notcontains $_ }).Count }) + $row.receiveConnectors
        $told += @($row.bindings | ForEach-Object { $_.iis; $_.httpSys }) + @($connectors | ForEach-Object { $_.tlsCertificateName })
        if ($told -contains $null -or $null -eq $result.before.hybrid.tlsCertificateName) { throw 'Not every use of the certificate could be read, and what is unknown counts as use.' }
        $uses = @($row.internalTransport) + @($row.bindings | ForEach-Object { $_.iis; $_.httpSys }) + @($result.before.auth.Values) + @($result.before.federation)
        $names = @($connectors | ForEach-Object { $_.tlsCertificateName }) + $result.before.hybrid.tlsCertificateName
        if ($uses -contains $thumbprint -or $names -contains $name) { throw 'The certificate is still used: by a binding, a connector, the internal transport, the hybrid configuration, OAuth or federation.' }
        # The back-up step opened it again; without its password, which is asked only there, all that can be seen is that it is still there.
        if ($backup -and -not $KeyFolder) { throw 'Name the folder of the backups: -KeyFolder PATH.' }
        if ($backup -and -not (Test-Path -LiteralPath (Join-Path -Path $KeyFolder -ChildPath $backup))) { throw ('The backup {0} is not in the key folder, and without it there is no way back. Bring it there, or back up again.' -f $backup) }
        Remove-ExchangeCertificate -Thumbprint $thumbprint -Server $server.name -Confirm:$false -ErrorAction Stop @Pin
        $result.changed = $true
    }
    $result.after = @{ servers = @(Read-Servers $server) }
    if (Find-Certificate $result.after.servers[0] $thumbprint) { throw 'The certificate is still there.' }
`,
});

/** The plan asks for the decision in the verified backup's place. */
function isWithoutBackup({ before, target }: StepOf<'remove'>): boolean {
  const question = noBackupQuestion(target.server ?? '');
  return before.some((check) => check.check === 'decided' && check.question === question && check.answer === 'accept');
}
