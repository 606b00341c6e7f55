// session.ps1 as it is written beside the scripts: the small library that all steps of a rotation share.

import { signaturePattern } from './scriptHash';

/** Its text without the byte order mark; PowerShell 5.1, ASCII, at most 340 lines, each function at most 30. */
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
    $said = if ($Result.error) { ': ' + ($Result.error.message -replace '[\p{C}\p{Zl}\p{Zp}]', ' ') } else { '' }
    Write-Host -Object ('{0} {1}{2}' -f $Result.outcome, $Result.server, $said) -ForegroundColor $(if ($said) { 'Red' } else { 'Green' })
}

# Why a session was refused, and what to do: by the codes of Windows (5, ERROR_ACCESS_DENIED; 0x803381A5 and 0x803381A6, the quotas of
# WinRM), because texts come in any language; MaxConcurrency is the name of Exchange's own limit in every one.
function Get-Refusal {
    param([string]$Where, $Record)
    $text, $code = [string]$Record.Exception.Message, $Record.Exception.ErrorCode
    $remedy = if ($code -eq 5 -and $Where.Split('.')[0] -eq $env:COMPUTERNAME) {
        'This is the computer that the script runs on: start this shell or editor as administrator, or run the step on another computer.'
    } elseif ($code -eq 5) { 'This account has no access there: Exchange asks for RemotePowerShellEnabled and a role group, Windows for a local administrator.'
    } elseif ($text -match 'MaxConcurrency' -or $code -eq -2144108123 -or $code -eq -2144108122) {
        'Too many sessions of this account are open there: close the other shells and tools of this account, wait until the server ended those that broke, and run the step again.'
    }
    '{0}: {1} {2}' -f $Where, $text.Trim(), $remedy
}

function Test-SameServer {
    param([string]$Name, $Server)
    $Server -and $Name -and ($Name -eq $Server.fqdn -or $Name -eq $Server.name -or ($Name -notmatch '^[\d.]+$' -and $Name.Split('.')[0] -eq $Server.name))
}

# Commands that are there prove no live session, and where it died they would make one by themselves, which may ask for a password. So their
# sessions are asked, past the commands; commands without a session are of this computer.
function Test-ExchangeShell {
    param($Changed)
    $there = Get-Command -Name Get-ExchangeCertificate -ErrorAction SilentlyContinue
    if (-not $there) { return $false }
    $sessions = @(Get-PSSession | Where-Object { $_.ConfigurationName -eq 'Microsoft.Exchange' })
    if ($sessions.Count) { $null = Invoke-Command -Session $sessions -ScriptBlock { Get-Command -Name Get-ExchangeCertificate } -ErrorAction SilentlyContinue }
    elseif ($there.Module.PrivateData.ImplicitRemoting) { return $false }
    if (@($sessions | Where-Object { [string]$_.State -ne 'Opened' }).Count) { return $false }
    $names = @($sessions | ForEach-Object { [string]$_.ComputerName })
    if (@($names | Where-Object { Test-SameServer $_ $Changed }).Count) {
        throw ('This shell is connected to {0}, which this step changes. Run the step in Windows PowerShell without a session to Exchange: it connects to another server by itself.' -f $Changed.name)
    }
    $Opened.means = ('management-shell {0}' -f ($names -join ' ')).TrimEnd()
    $true
}

# The session is made here also where Exchange's tools are installed: their Connect-ExchangeServer asks at a prompt where a server does not
# answer, and goes on with whatever is typed (KB2779694).
function Open-Exchange {
    param([string]$Address, [string[]]$Commands, $Refused)
    $session = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri $Address -Authentication Kerberos -ErrorAction Stop
    $computer = [string]$session.ComputerName
    if (Test-SameServer $computer $Refused) { Remove-PSSession -Session $session; return $false }
    # a command that RBAC hides must not end the import of the others: a pattern may match nothing
    $Opened.modules += @(Import-PSSession -Session $session -CommandName ($Commands -replace '(.)\z', '[$1]') -DisableNameChecking -AllowClobber -ErrorAction Stop)
    $Opened.means = 'endpoint {0}' -f $Address
    if (([uri]$Address).Host -ne $computer) { $Opened.means += ' ({0})' -f $computer }
    $true
}

# -Changed is the server that the step changes, whose web services may stop: used only where every address leads to it.
function Connect-Exchange {
    param([string[]]$Address, [string]$DomainController = '', [string[]]$Also = @(), $Changed = $null)
    if ($DomainController) { $Pin.DomainController = $DomainController }
    if (Test-ExchangeShell $Changed) { return }
    $reasons, $same = @(), @()
    foreach ($one in $Address) {
        try {
            if (Open-Exchange $one ($Reads + $Also) $Changed) { return }
            $same += $one
            $reasons += '{0}: this is {1}, which this step changes.' -f $one, $Changed.name
        } catch { $reasons += Get-Refusal ([uri]$one).Host $_ }
    }
    if ($same.Count -and $same.Count -eq $Address.Count) {
        Write-Warning -Message ('Every Exchange address of the configuration is {0}, which this step changes: the session may end while it runs.' -f $Changed.name)
        if (Open-Exchange $same[0] ($Reads + $Also)) { return }
    }
    throw 'No Exchange address of the configuration could be used. ' + ($reasons -join ' ')
}

function Connect-Servers {
    param([string[]]$Fqdn)
    foreach ($name in @($Opened.servers.Keys)) { if ([string]$Opened.servers[$name].State -ne 'Opened') { $Opened.servers.Remove($name) } }
    $new = @($Fqdn | Where-Object { -not $Opened.servers[$_] })
    if ($new.Count -eq 0) { return }
    New-PSSession -ComputerName $new -ThrottleLimit 16 -ErrorAction SilentlyContinue -ErrorVariable refused |
        ForEach-Object { $Opened.servers[$_.ComputerName] = $_ }
    foreach ($name in @($new | Where-Object { -not $Opened.servers[$_] })) {
        $why = @($refused | Where-Object { ([string]$_).Contains($name) })[0]
        Add-Problem $name 'unreachable' $(if ($why) { Get-Refusal $name $why } else { 'No session could be made.' })
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
