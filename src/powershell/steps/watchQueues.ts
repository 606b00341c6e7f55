// Watches the queues of a send connector's source servers for the error of a certificate that can't be used; whether mail went it can't tell.
import { allServers, organizationValues, type StepRenderer, watchedName } from './common';

export const watchQueues: StepRenderer<'watch-queues'> = (step, context) => ({
  step: step.id,
  purpose: `Watch the queues for ${String(step.minutes)} minutes: no 454 4.7.5`,
  target: step.target.connector ?? 'every send connector',
  from: 'the connector names the new certificate',
  to: 'no queue said that the certificate could not be used; whether mail went by the connector is not known',
  undo: 'none: this only reads',
  values: {
    ...organizationValues(context),
    servers: allServers(context),
    connector: step.target.connector ?? '',
    minutes: step.minutes,
    watched: watchedName(step),
  },
  outcome: 'done',
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Also 'Get-Queue'
    $result.after = Read-Organization
    $here = @($result.after.sendConnectors | Where-Object { -not $connector -or [string]::Equals($_.name, $connector, 'OrdinalIgnoreCase') })
    if ($here.Count -eq 0) { throw 'The connector is not found.' }
    $sources = @($here | ForEach-Object { $_.sourceTransportServers } | Select-Object -Unique)
    $until = (Get-Date).AddMinutes($minutes)
    do {
        $queues = @(foreach ($source in $sources) {
            Get-Queue -Server $source -ErrorAction Stop | Where-Object { @($here | ForEach-Object { $_.guid }) -contains [string]$_.NextHopConnector } | ForEach-Object {
                [ordered]@{ server = $source; identity = [string]$_.Identity; nextHopConnector = [string]$_.NextHopConnector
                    messages = [int]$_.MessageCount; lastError = [string]$_.LastError }
            }
        })
        $result.after.queues = @($queues | Where-Object { $_.messages -gt 0 -or $_.lastError })
        $bad = @($queues | Where-Object { $_.lastError -match '\b454 4\.7\.5\b' })
        if ($bad.Count) { throw ('{0}: {1}' -f $bad[0].identity, $bad[0].lastError) }
        if ((Get-Date) -lt $until) { Start-Sleep -Seconds ([Math]::Min(15, [Math]::Max(1, 60 * $minutes))) }
    } while ((Get-Date) -lt $until)
    Write-Host -Object 'No queue said that the certificate could not be used. Whether mail went by the connector in that time is not known: an empty queue looks the same.'
    $result.after.watched = @{ name = $watched; minutes = $minutes }
`,
});
