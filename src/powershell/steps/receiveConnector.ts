// Sets the certificate name of one receive connector.
import { connectorUndo, serverValues, type StepRenderer } from './common';
import { readTlsCertificateName } from '../functionTexts';

export const receiveConnector: StepRenderer<'receive-connector'> = (step, context) => ({
  step: step.id,
  purpose: 'Set the TlsCertificateName of a receive connector',
  target: step.target.connector ?? '',
  from: step.from,
  to: step.to,
  undo: connectorUndo('Set-ReceiveConnector', step.target.connector ?? '', step.from),
  values: {
    ...serverValues(step, context),
    connector: step.target.connector ?? '',
    from: step.from,
    predicted: step.to,
  },
  functions: [readTlsCertificateName],
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server -Also 'Set-ReceiveConnector'
    $result.before = @{ servers = @(Read-Servers $server) }
    $found = Find-Certificate $result.before.servers[0] $thumbprint
    if (-not $found -or $found.networkServiceCanRead -ne $true) { throw 'The certificate is not installed and enabled for SMTP on this server.' }
    $name = Read-TlsCertificateName $server.fqdn $thumbprint
    if (-not [string]::Equals($name, $predicted)) { Write-Warning -Message ('The server names the certificate "{0}", the plan "{1}".' -f $name, $predicted) }
    $here = @($result.before.servers[0].receiveConnectors | Where-Object { [string]::Equals($_.identity, $connector, 'OrdinalIgnoreCase') })
    if ($here.Count -ne 1) { throw ('{0} connectors have exactly this identity; one is needed.' -f $here.Count) }
    if (-not [string]::Equals($here[0].tlsCertificateName, $name)) {
        if (-not [string]::Equals($here[0].tlsCertificateName, $from)) { throw 'The connector names another certificate than when the plan was made. Take a snapshot.' }
        $identity = if ($here[0].guid) { $here[0].guid } else { $connector }
        Set-ReceiveConnector -Identity $identity -TlsCertificateName $name -ErrorAction Stop @Pin
        $result.changed = $true
    }
    $result.after = @{ servers = @(Read-Servers $server) }
    $now = @($result.after.servers[0].receiveConnectors | Where-Object { [string]::Equals($_.identity, $connector, 'OrdinalIgnoreCase') })
    if (-not [string]::Equals([string]$now[0].tlsCertificateName, $name)) { throw 'The name does not read back as set.' }
`,
});
