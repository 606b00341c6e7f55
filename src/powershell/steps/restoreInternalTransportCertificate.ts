// Makes the certificate of the baseline the internal transport certificate of one server again.
import { restoreInternalTransport } from '../functionTexts';
import { serverValues, type StepRenderer } from './common';

export const restoreInternalTransportCertificate: StepRenderer<'restore-internal-transport-certificate'> = (
  step,
  context,
) => ({
  step: step.id,
  purpose: 'Restore the internal transport certificate',
  target: step.target.server ?? '',
  from: step.reason.code === 'changed-since-baseline' ? (step.reason.found ?? 'not known') : 'another certificate',
  to: step.thumbprint,
  undo: 'none is needed: this is the certificate the rotation began with',
  values: { ...serverValues(step, context), seconds: step.seconds },
  functions: [restoreInternalTransport],
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server -Also 'Enable-ExchangeCertificate'
    $result.before = @{ servers = @(Read-Servers $server) }
    $found = Find-Certificate $result.before.servers[0] $thumbprint
    if (-not $found -or -not $found.hasPrivateKey) { throw 'The previous internal transport certificate is not installed here with its key.' }
    if ($result.before.servers[0].internalTransport -ne $thumbprint) {
        Restore-InternalTransport -Server $server.name -Thumbprint $thumbprint -Seconds $seconds
        $result.changed = $true
    }
    $result.after = @{ servers = @(Read-Servers $server) }
    if ($result.after.servers[0].internalTransport -ne $thumbprint) { throw 'The internal transport certificate does not read back as restored.' }
`,
});
