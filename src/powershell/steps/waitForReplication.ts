// Waits until every domain controller tells the same certificate names of the send connectors.
import { organizationValues, type StepRenderer, watchedName } from './common';

export const waitForReplication: StepRenderer<'wait-for-replication'> = (step, context) => ({
  step: step.id,
  purpose: `Wait until the domain controllers agree, at most ${String(step.minutes)} minutes`,
  target: 'the send connectors and the hybrid configuration, on each domain controller',
  from: 'the change is on one domain controller',
  to: 'the change is on all of them',
  undo: 'none: this only reads',
  values: { ...organizationValues(context), minutes: step.minutes, watched: watchedName(step) },
  outcome: 'done',
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Also 'Get-DomainController'
    $result.after = Read-Organization
    if ($null -eq $result.after.sendConnectors) { throw 'The send connectors could not be read.' }
    $names = @($result.after.sendConnectors | ForEach-Object { $_.name + ' ' + $_.tlsCertificateName } | Sort-Object) + $result.after.hybrid.tlsCertificateName
    $wanted = $names -join '|'
    $controllers = @(Get-DomainController -ErrorAction Stop | ForEach-Object { [string]$_.DnsHostName })
    if ($controllers.Count -eq 0) { throw 'No domain controller was told.' }
    $until = (Get-Date).AddMinutes($minutes)
    do {
        # one that does not answer is late as well, and may answer before the time is over
        $late = @(foreach ($controller in $controllers) {
            try {
                $told = Get-SendConnector -DomainController $controller -ErrorAction Stop
                $hybrid = [string](Get-HybridConfiguration -DomainController $controller -ErrorAction Stop).TlsCertificateName
                if ($wanted -ne ((@($told | ForEach-Object { [string]$_.Name + ' ' + $_.TlsCertificateName } | Sort-Object) + $hybrid) -join '|')) { $controller }
            } catch { '{0} ({1})' -f $controller, $_.Exception.Message }
        })
        if ($late.Count -and (Get-Date) -ge $until) { throw ('Not yet the same: ' + ($late -join ', ')) }
        if ($late.Count) { Start-Sleep -Seconds 5 }
    } while ($late.Count)
    $result.after.watched = @{ name = $watched; minutes = $minutes }
`,
});
