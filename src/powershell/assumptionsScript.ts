// *Check Assumptions* as a script: asks whether what our scripts rely on is there, changes nothing, and writes no name.
import type { AssumptionPlace } from '../model/assumptions';
import type { Wanted } from '../model/wanted';
import { commandsAt, readsAt, typesAt } from './assumptions';
import { quote } from './quote';
import type { ReadObject } from './readProperties';
import { readingScript } from './readingScript';
import { renderScript } from './script';

/** What stands in the results where a step's id does. */
export const assumptionsStep = 'assumptions';

/** An error's message can hold a name: of errors only the category is told. */
const askFunctions = String.raw`
function New-Row {
    param([string]$Kind, [string]$Of, $Name, $Holds, $Why)
    [ordered]@{ kind = $Kind; of = $Of; name = $Name; holds = $Holds; why = $Why }
}

# Each line: a command and the parameters used of it.
function Test-Commands {
    param([string[]]$Lines)
    foreach ($line in $Lines) {
        $of, $names = $line -split ' '
        $found = @(Get-Command -Name $of -ErrorAction SilentlyContinue)[0]
        New-Row 'command' $of $null ([bool]$found)
        foreach ($name in $names) {
            $holds = if ($found.Parameters) { $found.Parameters.ContainsKey($name) } else { $null }
            New-Row 'parameter' $of $name $holds $(if ($null -eq $holds) { 'no-command' })
        }
    }
}

# Each line: a .NET type and the members used of it.
function Test-Types {
    param([string[]]$Lines)
    foreach ($line in $Lines) {
        $of, $names = $line -split ' '
        $type = $of -as [type]
        New-Row 'type' $of $null ([bool]$type)
        foreach ($name in $names) {
            $holds = if ($type) { @($type.GetMember($name)).Count -gt 0 } else { $null }
            New-Row 'member' $of $name $holds $(if ($null -eq $holds) { 'no-type' })
        }
    }
}

# The first object that is given tells; where there is none, nothing is known.
function Test-Properties {
    param([string]$Of, [string[]]$Names, [scriptblock]$Read)
    $why = 'no-object'
    try { $told = @(& $Read)[0] } catch { $told = $null; $why = [string]$_.CategoryInfo.Category }
    foreach ($name in $Names) {
        if ($null -eq $told) { New-Row 'property' $Of $name $null $why } else { New-Row 'property' $Of $name ($null -ne $told.PSObject.Properties[$name]) }
    }
}
`;

/** The whole script for this configuration, which names where to ask. Throws a RangeError for a value that can't be quoted. */
export function renderAssumptionsScript(wanted: Wanted): string {
  const script = readingScript(wanted, {
    step: assumptionsStep,
    purpose: 'Check assumptions: ask whether every command, parameter, property and type our scripts rely on is there',
    values: {
      here: commandLines('here'),
      typesHere: typeLines('here'),
      remote: commandLines('exchange'),
      onServers: commandLines('server'),
      typesThere: typeLines('server'),
    },
    functions: [askFunctions, serverBlock],
    body,
  });
  return renderScript(script);
}

function commandLines(place: AssumptionPlace): readonly string[] {
  return commandsAt(place).map(({ name, parameters }) => [name, ...parameters].join(' '));
}

function typeLines(place: AssumptionPlace): readonly string[] {
  return typesAt(place).map(({ name, members }) => [name, ...members].join(' ').replaceAll('()', ''));
}

/** One line for each object: its properties, and the call that reads it. */
function propertyLines(place: AssumptionPlace): string {
  return readsAt(place)
    .map(({ of, properties, read }: ReadObject) => {
      const names = properties.map(quote).join(', ');
      return read === null
        ? `    foreach ($name in ${names}) { New-Row 'property' ${quote(of)} $name $null 'not-asked' }`
        : `    Test-Properties ${quote(of)} @(${names}) { ${read} }`;
    })
    .join('\n');
}

const serverBlock = String.raw`
$AskServer = {
    param([string[]]$Commands, [string[]]$Types)
    $ErrorActionPreference = 'Stop'
${askFunctions.trim()}
    try { Import-Module -Name WebAdministration -ErrorAction Stop } catch { $null = $_ }
    $rows = @(Test-Commands $Commands) + @(Test-Types $Types) + @(
${propertyLines('server')}
    )
    $windows = try { (Get-CimInstance -ClassName Win32_OperatingSystem -ErrorAction Stop).Version } catch { $null }
    ConvertTo-Json -InputObject @{ windows = $windows; rows = $rows } -Depth 4 -Compress
}
`;

const body = String.raw`
    $told = [ordered]@{ version = 1; shell = [string]$PSVersionTable.PSVersion; means = $null; here = @(); exchange = @(); servers = @() }
    $told.here = @(Test-Commands $here) + @(Test-Types $typesHere)
    $Reads = @($remote | ForEach-Object { ($_ -split ' ')[0] })
    try { Connect-Exchange -Address $exchange } catch { $null = $_ }
    $told.exchange = @(Test-Commands $remote)
    $there = @($told.exchange | Where-Object { $_.holds }).Count -gt 0
    if ($there) { $told.means = @(([string]$Opened.means -split ' ')[0] | Where-Object { $_ }) + 'endpoint' | Select-Object -First 1 }
    else { foreach ($row in $told.exchange) { $row.holds = $null; $row.why = 'not-connected' } }
    $one = $servers[0]
    $told.exchange += @(
${propertyLines('exchange')}
    )
    Connect-Servers @($servers | ForEach-Object { $_.fqdn })
    $sessions = @($servers | ForEach-Object { $Opened.servers[$_.fqdn] } | Where-Object { $_ })
    $texts = @(if ($sessions.Count) { Invoke-Command -Session $sessions -ScriptBlock $AskServer -ArgumentList $onServers, $typesThere -ThrottleLimit 16 -ErrorAction SilentlyContinue })
    $told.servers = @(foreach ($one in $servers) {
        $text = @($texts | Where-Object { $_.PSComputerName -eq $one.fqdn })[0]
        $facts = if ($text) { ConvertFrom-Json -InputObject ([string]$text) } else { @{ windows = $null; rows = @() } }
        $build = try { [string](Get-ExchangeServer -Identity $one.name -ErrorAction Stop).AdminDisplayVersion -replace '^\D*(\d+\.\d+)\D+(\d+\.\d+)\D*$', '$1.$2' } catch { $null }
        [ordered]@{ reached = [bool]$text; windows = $facts.windows; exchange = $build; rows = @($facts.rows) }
    })
    $result.after = @{ assumptions = $told }
`;
