// Watches the queues of a send connector's source servers for the error of a certificate that can't be used; whether mail went it can't tell.
import { allServers, organizationValues, type StepRenderer, watchedName } from './common';

/**
 * Errors of a certificate that can't be used, or that the other side does not take (Microsoft's pages on TlsCertificateName, on 5.7.51, 5.7.64 and
 * 5.7.3 in Microsoft 365, and on 4.7.320): they fail the watch whenever they came. A failed handshake alone says 451 4.4.0, as a far server
 * that is down does.
 */
const certificateErrors =
  '\\b(454 4\\.7\\.5|550 5\\.7\\.(51|64)|451 5\\.7\\.3|450 4\\.(7\\.320|4\\.317))\\b|\\bTLS\\b|[Cc]ertificate';

export const watchQueues: StepRenderer<'watch-queues'> = (step, context) => ({
  step: step.id,
  purpose: `Watch the queues for ${String(step.minutes)} minutes: no error of TLS, none that is new, and none that grows`,
  target: step.target.connector ?? 'every send connector',
  from: 'the connector names the new certificate',
  to: 'no queue reported an error of TLS, a new one, or one that grew; whether mail went by the connector is not known',
  undo: 'none: this only reads',
  values: {
    ...organizationValues(context),
    servers: allServers(context),
    connector: step.target.connector ?? '',
    minutes: step.minutes,
    watched: watchedName(step),
    certificateErrors,
  },
  outcome: 'done',
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Also 'Get-Queue'
    $result.after = Read-Organization
    $here = @($result.after.sendConnectors | Where-Object { -not $connector -or [string]::Equals($_.name, $connector, 'OrdinalIgnoreCase') })
    if ($here.Count -eq 0) { throw 'The connector is not found.' }
    $sources = @($here | ForEach-Object { $_.sourceTransportServers } | Select-Object -Unique)
    $first, $until = $null, (Get-Date).AddMinutes($minutes)
    while ($true) {
        $queues = @(foreach ($source in $sources) {
            Get-Queue -Server $source -ErrorAction Stop | Where-Object { @($here | ForEach-Object { $_.guid }) -contains [string]$_.NextHopConnector } | ForEach-Object {
                [ordered]@{ server = $source; identity = [string]$_.Identity; nextHopConnector = [string]$_.NextHopConnector
                    messages = [int]$_.MessageCount; lastError = [string]$_.LastError }
            }
        })
        $result.after.queues = @($queues | Where-Object { $_.messages -gt 0 -or $_.lastError })
        if (-not $first) { $first = @{}; foreach ($queue in $queues) { $first[$queue.identity] = $queue } }
        # An error may be of a far server that was not reached before the change either: what is new counts, what grows, and what speaks of TLS or of the tenant.
        $bad = @($queues | Where-Object { $_.lastError } | Where-Object {
            $was = $first[$_.identity]
            $_.lastError -match $certificateErrors -or -not $was.lastError -or $_.messages -gt $was.messages
        })
        if ($bad.Count) { throw ('{0}: {1} ({2} messages)' -f $bad[0].identity, $bad[0].lastError, $bad[0].messages) }
        if ((Get-Date) -ge $until) { break }
        Start-Sleep -Seconds ([Math]::Min(15, [Math]::Max(1, 60 * $minutes)))
    }
    Write-Host -Object 'No queue reported an error of TLS, a new one, or one that grew. Whether mail went by the connector in that time is not known: an empty queue looks the same.'
    $result.after.watched = @{ name = $watched; minutes = $minutes }
`,
});
