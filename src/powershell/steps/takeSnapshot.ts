// The snapshot: reads every server and the organization, changes nothing.
import type { Wanted } from '../../model/wanted';
import { readingScript } from '../readingScript';
import type { Script } from '../script';
import type { StepRenderer } from './common';

export const takeSnapshot: StepRenderer<'take-snapshot'> = (step, context) =>
  snapshotScript(step.id, context.wanted, context.domainController);

/** The script of a snapshot; outside a rotation `step` is `snapshot` and no domain controller is pinned yet. */
export function snapshotScript(step: string, wanted: Wanted, domainController: string | null): Script {
  return readingScript(wanted, {
    step,
    purpose: 'Take a snapshot: read the certificates, bindings, connectors and services of every server',
    values: { domainController: domainController ?? '', organization: wanted.organization },
    body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController
    $taken = Get-UtcText (Get-Date)
    if (-not $domainController) {
        $domainController = Get-Text (Get-ExchangeServer -Identity $servers[0].name -ErrorAction Stop) 'OriginatingServer' -Filled
        if ($domainController) { $Pin.DomainController = $domainController }
    }
    $read = Read-Organization
    $rows = @(Read-Servers $servers)
    $winrm = if ($Opened.servers.Count) { 'winrm' } else { $null }
    $snapshot = [ordered]@{ version = 1; taken = $taken; organization = $organization
        domainController = $(if ($domainController) { $domainController } else { $null })
        means = [ordered]@{ exchange = $Opened.means; servers = $winrm }; servers = $rows }
    foreach ($key in @($read.Keys)) { $snapshot[$key] = $read[$key] }
    $snapshot.problems = @($Problems)
    $result.after = @{ snapshot = $snapshot }
    foreach ($problem in $Problems) { Write-Warning -Message (('{0}: {1}' -f $problem.where, $problem.detail) -replace '[\x00-\x1f\x7f-\x9f]', ' ') }
`,
  });
}
