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
    $known = @{ servers = @() }
    Read-Fact 'organization' { $known.servers = @(Get-ExchangeServer -ErrorAction Stop @Pin) }
    if (-not $domainController -and $known.servers) {
        $domainController = Get-Text $known.servers[0] 'OriginatingServer' -Filled
        if ($domainController) { $Pin.DomainController = $domainController }
    }
    $read = Read-Organization
    # Every object of Exchange is kept below its organization, whose name stands there: what the configuration calls it is compared with that.
    $own = [regex]::Match([string]@($known.servers)[0].DistinguishedName, '(?<!\\),CN=((?:[^,\\]|\\.)+),CN=Microsoft Exchange,CN=Services,CN=Configuration,').Groups[1].Value -replace '\\(.)', '$1'
    if ($own) { $organization = $own } else { Add-Problem 'organization' 'not-told' 'The name of the Exchange organization is not reported; the snapshot has the one of the configuration.' }
    # A name that Exchange does not know gets no row, and a server that the configuration does not name no connection.
    $names = @($known.servers | ForEach-Object { [string]$_.Name })
    $there = @($servers | Where-Object { -not $known.servers -or $names -contains $_.name })
    foreach ($one in @($servers | Where-Object { $there -notcontains $_ })) { Add-Problem $one.name 'server-not-found' 'Exchange tells of no server of this name.' }
    $rows = @(Read-Servers $there)
    # The full name is what Exchange reports, not what the configuration says: a rotation connects to no other.
    foreach ($row in $rows) { $row.fqdn = [string](Get-Text @($known.servers | Where-Object { [string]$_.Name -eq $row.name })[0] 'Fqdn') }
    $listed = @($servers | ForEach-Object { $_.name })
    $rows += @($known.servers | Where-Object { $listed -notcontains [string]$_.Name -and [string]$_.ServerRole -notmatch '\bEdge\b' } | ForEach-Object {
        Add-Problem ([string]$_.Fqdn) 'server-not-in-config' 'The configuration does not name this server: no connection to it was made.'
        $row = New-ServerRow @{ name = [string]$_.Name; fqdn = [string]$_.Fqdn } @{}
        $row.exchange = [string]$_.AdminDisplayVersion -replace '^\D*(\d+\.\d+)\D+(\d+\.\d+)\D*$', '$1.$2'
        $row.roles = Get-Texts $_ 'ServerRole'
        $row
    })
    $winrm = if ($Opened.servers.Count) { 'winrm' } else { $null }
    $snapshot = [ordered]@{ version = 1; taken = $taken; organization = $organization
        domainController = $(if ($domainController) { $domainController } else { $null })
        means = [ordered]@{ exchange = $Opened.means; servers = $winrm }; servers = $rows }
    foreach ($key in @($read.Keys)) { $snapshot[$key] = $read[$key] }
    $snapshot.problems = @($Problems)
    $result.after = @{ snapshot = $snapshot }
    foreach ($problem in $Problems) { Write-Warning -Message (('{0}: {1}' -f $problem.where, $problem.detail) -replace '[\p{C}\p{Zl}\p{Zp}]', ' ') }
`,
  });
}
