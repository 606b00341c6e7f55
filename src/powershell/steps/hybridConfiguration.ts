// Reads back the certificate name of the hybrid configuration; the change itself is a person's.
import { connectorUndo, organizationValues, type StepRenderer } from './common';
import { quote } from '../quote';

export const hybridConfiguration: StepRenderer<'hybrid-configuration'> = (step, context) => ({
  step: step.id,
  purpose: `By hand, in the Exchange Management Shell: Set-HybridConfiguration -TlsCertificateName ${quote(step.to)}`,
  target: 'the hybrid configuration; this script only reads it back',
  from: step.from,
  to: step.to,
  undo: connectorUndo('Set-HybridConfiguration', null, step.from),
  values: { ...organizationValues(context), wanted: step.to },
  outcome: 'done',
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController
    $result.after = Read-Organization
    if ($null -eq $result.after.hybrid -or $null -eq $result.after.hybrid.tlsCertificateName) { throw 'The hybrid configuration does not tell its certificate.' }
    if (-not [string]::Equals($result.after.hybrid.tlsCertificateName, $wanted)) { throw 'The hybrid configuration does not name the new certificate yet. The command stands at the head of this script.' }
`,
});
