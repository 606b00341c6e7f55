// Sets the certificate name of one send connector, after each of its source servers was looked at again.
import { allServers, connectorUndo, organizationValues, type StepRenderer } from './common';
import { readTlsCertificateName } from '../functionTexts';

export const sendConnector: StepRenderer<'send-connector'> = (step, context) => ({
  step: step.id,
  purpose: 'Set the TlsCertificateName of a send connector; each source server is checked again right before',
  target: step.target.connector ?? '',
  from: step.from,
  to: step.to,
  undo: connectorUndo('Set-SendConnector', step.target.connector ?? '', step.from),
  values: {
    ...organizationValues(context),
    servers: allServers(context),
    thumbprint: step.thumbprint,
    connector: step.target.connector ?? '',
    from: step.from,
    predicted: step.to,
  },
  functions: [readTlsCertificateName],
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Also 'Set-SendConnector'
    $result.before = Read-Organization
    $here = @($result.before.sendConnectors | Where-Object { [string]::Equals($_.name, $connector, 'OrdinalIgnoreCase') })
    if ($here.Count -ne 1) { throw ('{0} connectors have exactly this name; one is needed.' -f $here.Count) }
    $sources = @($servers | Where-Object { $here[0].sourceTransportServers -contains $_.name })
    if ($sources.Count -eq 0 -or $sources.Count -ne $here[0].sourceTransportServers.Count) { throw 'A source server of the connector is not in the configuration, so nothing is known of it.' }
    $result.before.servers = @(Read-Servers $sources)
    foreach ($row in $result.before.servers) {
        if (-not $row.reached.server) { throw ('The source server {0} could not be reached: {1}' -f $row.name, $row.reached.problem) }
        $found = Find-Certificate $row $thumbprint
        if (-not $found -or $found.networkServiceCanRead -ne $true) { throw ('The certificate is not installed and enabled for SMTP on {0}.' -f $row.name) }
    }
    $names = @($sources | ForEach-Object { Read-TlsCertificateName $_.fqdn $thumbprint } | Select-Object -Unique)
    if ($names.Count -ne 1) { throw 'The source servers name the certificate differently.' }
    if (-not [string]::Equals($names[0], $predicted)) { Write-Warning -Message ('The servers name the certificate "{0}", the plan "{1}".' -f $names[0], $predicted) }
    if (-not [string]::Equals($here[0].tlsCertificateName, $names[0])) {
        if (-not [string]::Equals($here[0].tlsCertificateName, $from)) { throw 'The connector names another certificate than when the plan was made. Take a snapshot.' }
        $identity = if ($here[0].guid) { $here[0].guid } else { $connector }
        Set-SendConnector -Identity $identity -TlsCertificateName $names[0] -ErrorAction Stop @Pin
        $result.changed = $true
    }
    $result.after = Read-Organization
    $now = @($result.after.sendConnectors | Where-Object { [string]::Equals($_.name, $connector, 'OrdinalIgnoreCase') })
    if (-not [string]::Equals([string]$now[0].tlsCertificateName, $names[0])) { throw 'The name does not read back as set.' }
`,
});
