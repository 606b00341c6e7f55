// session.ps1 as it is written beside the scripts: the small library that all steps of a rotation share.

import { signaturePattern } from './scriptHash';

/** Its text without the byte order mark; PowerShell 5.1, ASCII, at most 300 lines, each function at most 30. */
export const sessionText = String.raw`# What the steps of a rotation share: connect, read facts, write a result. Loaded by their scripts; changes nothing itself.
$Reads = @('Get-ExchangeServer', 'Get-ExchangeCertificate', 'Get-TransportService', 'Get-PopSettings', 'Get-ImapSettings',
    'Get-ReceiveConnector', 'Get-SendConnector', 'Get-HybridConfiguration', 'Get-AuthConfig', 'Get-FederationTrust', 'Get-EdgeSubscription')
$Pin = @{}       # goes to every Exchange command: -DomainController, where one is pinned
$Problems = New-Object -TypeName Collections.ArrayList
$Opened = @{ known = @(Get-PSSession | ForEach-Object { $_.InstanceId }); servers = @{}; modules = @(); means = $null }

function Get-UtcText {
    param([datetime]$Time)
    $Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [Globalization.CultureInfo]::InvariantCulture)
}

# A property's text: "" is an empty one, $null one that was not told. -Filled takes an empty one for not told.
function Get-Text {
    param($From, [string]$Name, [switch]$Filled)
    $property = if ($null -ne $From) { $From.PSObject.Properties[$Name] }
    if ($null -ne $property -and ($property.Value -or -not $Filled)) { [string]$property.Value } else { $null }
}

# The texts of a list, or of an enumeration's names. $null where none was told: an empty list is one only where -Empty says that it can be.
function Get-Texts {
    param($From, [string]$Name, [switch]$Empty)
    $property = if ($null -ne $From) { $From.PSObject.Properties[$Name] }
    $texts = @(if ($null -ne $property) { $property.Value | ForEach-Object { $text = [string]$_; if ($text -match '^\w+(, \w+)+$') { $text -split ', ' } else { $text } } | Where-Object { $_ } })
    if ($texts.Count -or ($Empty -and $null -ne $property)) { , $texts } else { $null }
}

function Add-Problem {
    param([string]$Where, [string]$Code, [string]$Detail)
    $null = $Problems.Add([ordered]@{ where = $Where; code = $Code; detail = $Detail })
}

function New-StepResult {
    param([string]$Step, [string]$Run, [string]$Script, [string]$Server)
    if ($Run -cnotmatch '\A([0-9a-f]{8,64}|by-hand)\z') { throw 'The -Run argument is not a run id. Leave it out to run by hand.' }
    $text = ([IO.File]::ReadAllText($Script) -creplace '${signaturePattern}').TrimEnd()
    $hash = [Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($text))
    [ordered]@{ version = 1; step = $Step; run = $Run; script = ([BitConverter]::ToString($hash) -replace '-').ToLowerInvariant()
        server = $(if ($Server) { $Server } else { $null }); started = (Get-UtcText (Get-Date)); ended = $null
        outcome = 'failed'; changed = $false; before = $null; after = $null; error = $null }
}

function Get-StepError {
    param($Record)
    $at = $Record.InvocationInfo
    [ordered]@{ command = [string]$Record.CategoryInfo.Activity; category = [string]$Record.CategoryInfo.Category
        message = [string]$Record.Exception.Message; position = '{0}:{1}' -f ([string]$at.ScriptName -replace '.*[\\/]'), $at.ScriptLineNumber }
}

# Complete or absent: written under another name first, then moved. A scanner, an indexer or a backup may hold the new file for a
# moment, so the move is repeated for ten seconds; then the text is written at once under its name, which nobody can open before the end.
function Save-StepResult {
    param([string]$File, [string]$Text)
    $bytes = [Text.Encoding]::UTF8.GetBytes($Text)
    $part = $File + '.tmp'
    [IO.File]::WriteAllBytes($part, $bytes)
    foreach ($wait in @(20, 40, 80, 160, 320, 640) + @(1000) * 8 + @(740, 0)) {
        try { Move-Item -LiteralPath $part -Destination $File -ErrorAction Stop; return } catch { Start-Sleep -Milliseconds $wait }
    }
    if (Test-Path -LiteralPath $File) { return }
    $stream = [IO.File]::Open($File, 'CreateNew', 'Write', 'None')
    try { $stream.Write($bytes, 0, $bytes.Length) } finally { $stream.Dispose() }
    Remove-Item -LiteralPath $part -ErrorAction SilentlyContinue
}

# A name that is taken is never taken over.
function Write-StepResult {
    param($Result)
    $folder = Join-Path -Path (Split-Path -Parent -Path $PSScriptRoot) -ChildPath 'results'
    $null = New-Item -ItemType Directory -Path $folder -Force -ErrorAction Stop
    do {
        if ($Result.ended) { Start-Sleep -Milliseconds 300 }
        $Result.ended = Get-UtcText (Get-Date)
        $file = Join-Path -Path $folder -ChildPath ('{0}.{1}.{2}.json' -f $Result.step, ($Result.ended -replace '[-:]'), $Result.run)
    } while (Test-Path -LiteralPath $file)
    Save-StepResult $file (ConvertTo-Json -InputObject $Result -Depth 12)
    $said = if ($Result.error) { ': ' + ($Result.error.message -replace '[\x00-\x1f\x7f-\x9f]', ' ') } else { '' }
    Write-Host -Object ('{0} {1}{2}' -f $Result.outcome, $Result.server, $said) -ForegroundColor $(if ($said) { 'Red' } else { 'Green' })
}

function Connect-Exchange {
    param([string[]]$Address, [string]$DomainController = '', [string[]]$Also = @())
    if ($DomainController) { $Pin.DomainController = $DomainController }
    if (Get-Command -Name Get-ExchangeCertificate -ErrorAction SilentlyContinue) { $Opened.means = 'management-shell'; return }
    # by the registry, which only administrators write, and not by the environment
    $setup = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\ExchangeServer\v15\Setup' -ErrorAction SilentlyContinue
    $tools = Get-Text $setup 'MsiInstallPath' -Filled
    if ($tools) { $tools = Join-Path -Path $tools -ChildPath 'bin\RemoteExchange.ps1' }
    $reasons = @()
    foreach ($one in $Address) {
        try {
            if ($tools -and (Test-Path -LiteralPath $tools)) {
                . $tools
                Connect-ExchangeServer -ServerFqdn ([uri]$one).Host -ClientApplication ManagementShell
                $way = 'management-shell'
            } else {
                $session = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri $one -Authentication Kerberos -ErrorAction Stop
                # a command that RBAC hides must not end the import of the others: a pattern may match nothing
                $null = Import-PSSession -Session $session -CommandName (($Reads + $Also) -replace '(.)\z', '[$1]') -DisableNameChecking -AllowClobber -ErrorAction Stop
                $way = 'endpoint'
            }
            $Opened.modules += @(Get-Command -Name $Reads -ErrorAction SilentlyContinue | ForEach-Object { $_.Module } | Select-Object -First 1)
            $Opened.means = '{0} {1}' -f $way, $one
            return
        } catch { $reasons += '{0}: {1}' -f $one, $_.Exception.Message }
    }
    throw 'No Exchange address of the configuration could be used. ' + ($reasons -join ' ')
}

function Connect-Servers {
    param([string[]]$Fqdn)
    $new = @($Fqdn | Where-Object { -not $Opened.servers[$_] })
    if ($new.Count -eq 0) { return }
    New-PSSession -ComputerName $new -ThrottleLimit 16 -ErrorAction SilentlyContinue -ErrorVariable refused |
        ForEach-Object { $Opened.servers[$_.ComputerName] = $_ }
    foreach ($name in @($new | Where-Object { -not $Opened.servers[$_] })) {
        Add-Problem $name 'unreachable' (@($refused | ForEach-Object { [string]$_ } | Where-Object { $_.Contains($name) }) + 'No session could be made.')[0]
    }
}

function Get-ServerSession {
    param([string]$Fqdn)
    Connect-Servers $Fqdn
    if (-not $Opened.servers[$Fqdn]) { throw ('{0} could not be reached. {1}' -f $Fqdn, @($Problems | ForEach-Object { $_.detail })[-1]) }
    $Opened.servers[$Fqdn]
}

function Close-Sessions {
    foreach ($module in $Opened.modules) { Remove-Module -ModuleInfo $module -ErrorAction SilentlyContinue }
    Get-PSSession | Where-Object { $Opened.known -notcontains $_.InstanceId } | Remove-PSSession -ErrorAction SilentlyContinue
}
`;
