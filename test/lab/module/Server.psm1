# The Windows cmdlets of a simulated server: PKI, services, IIS, rights on key files; rules and state are the organization's (Invoke-Lab).

function Get-Service {
    [CmdletBinding(DefaultParameterSetName = 'Default', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'DisplayName', Mandatory = $true)] [string[]] $DisplayName,
        [Parameter(ParameterSetName = 'Default', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [Alias('ServiceName')] [string[]] $Name,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        Assert-LabParameter Get-Service $PSBoundParameters
        $All = @(Invoke-Lab 'service.list' | ConvertTo-LabResult Service)
        $Property, $Names = if ($DisplayName) { 'DisplayName', $DisplayName } else { 'Name', $(if ($Name) { $Name } else { '*' }) }
        foreach ($Wanted in $Names) {
            $Found = @($All | Where-Object { $_.$Property -like $Wanted })
            if ($Found.Count -eq 0 -and $Wanted -notmatch '[*?]') {
                Write-LabError 'Service.NotFound' $Wanted $PSCmdlet
            }
            $Found
        }
    }
}

function Set-LabService([string[]] $Name, $InputObject, [string] $Action, [bool] $PassThru, $Cmdlet) {
    foreach ($Each in @($Name) + @($InputObject | ForEach-Object { $_.Name })) {
        if ($Each -and $Cmdlet.ShouldProcess($Each, $Action)) {
            $Answer = Invoke-Lab 'service.set' @{ name = $Each; action = $Action } | ConvertTo-LabResult Service
            if ($PassThru) { $Answer }
        }
    }
}

function Restart-Service {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Default', PositionalBinding = $false)]
    param(
        [switch] $Force,
        [Parameter(ParameterSetName = 'InputObject', Position = 0, Mandatory = $true, ValueFromPipeline = $true)] $InputObject,
        [Parameter(ParameterSetName = 'Default', Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [Alias('ServiceName')] [string[]] $Name,
        [switch] $PassThru,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        Assert-LabParameter Restart-Service $PSBoundParameters
        Set-LabService $Name $InputObject 'restart' $PassThru $PSCmdlet
    }
}

function Stop-Service {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Default', PositionalBinding = $false)]
    param(
        [switch] $Force,
        [Parameter(ParameterSetName = 'InputObject', Position = 0, Mandatory = $true, ValueFromPipeline = $true)] $InputObject,
        [Parameter(ParameterSetName = 'Default', Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [Alias('ServiceName')] [string[]] $Name,
        [switch] $NoWait,
        [switch] $PassThru,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        Assert-LabParameter Stop-Service $PSBoundParameters
        Set-LabService $Name $InputObject 'stop' $PassThru $PSCmdlet
    }
}

function Start-Service {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Default', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'InputObject', Position = 0, Mandatory = $true, ValueFromPipeline = $true)] $InputObject,
        [Parameter(ParameterSetName = 'Default', Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [Alias('ServiceName')] [string[]] $Name,
        [switch] $PassThru,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        Assert-LabParameter Start-Service $PSBoundParameters
        Set-LabService $Name $InputObject 'start' $PassThru $PSCmdlet
    }
}

function Get-CimInstance {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipelineByPropertyName = $true)] [string] $ClassName,
        [Parameter(ValueFromPipelineByPropertyName = $true)] [Alias('SelectProperties')] [string[]] $Property,
        # and those its page has that the lab knows by name only
    )
    trap { $PSCmdlet.ThrowTerminatingError($_) }
    Assert-LabParameter Get-CimInstance $PSBoundParameters
    if ($ClassName -ne 'Win32_OperatingSystem') { Invoke-Lab 'refuse' @{ id = 'Cim.ClassNotSimulated'; values = @($ClassName) } }
    Invoke-Lab 'windows.version' | ConvertTo-LabResult OperatingSystem
}

function Get-WebBinding {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)] [string] $Name,
        [Parameter(ValueFromPipelineByPropertyName = $true)] [int] $Port,
        [Parameter(ValueFromPipelineByPropertyName = $true)] [string] $Protocol,
        # and those its page has that the lab knows by name only
    )
    trap { $PSCmdlet.ThrowTerminatingError($_) }
    Assert-LabParameter Get-WebBinding $PSBoundParameters
    foreach ($Binding in Invoke-Lab 'Get-WebBinding' $PSBoundParameters | ConvertTo-LabResult WebBinding) {
        $Bind = { param($Thumbprint, $Store) Invoke-Lab 'iis.bind' @{ binding = $this.bindingInformation; thumbprint = $Thumbprint } | Out-Null }
        $Binding | Add-Member -MemberType ScriptMethod -Name AddSslCertificate -Value $Bind
        $Binding | Add-Member -MemberType ScriptMethod -Name RebindSslCertificate -Value $Bind
        $Binding
    }
}

function Get-WebConfigurationProperty {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipelineByPropertyName = $true)] [string] $Filter,
        [Parameter(ValueFromPipelineByPropertyName = $true)] [string] $Location,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)] [string] $PSPath,
        # and those its page has that the lab knows by name only
    )
    trap { $PSCmdlet.ThrowTerminatingError($_) }
    Assert-LabParameter Get-WebConfigurationProperty $PSBoundParameters
    if ($Filter.TrimStart('/') -ne 'system.webServer/security/access' -or $Name -ne 'sslFlags') { Invoke-Lab 'refuse' @{ id = 'WebConfiguration.NotSimulated'; values = @($Filter, $Name) } }
    $Site = if ($Location) { $Location } else { ($PSPath -split '[\\/]')[-1] }
    (Invoke-Lab 'iis.sslFlags' @{ site = $Site }).sslFlags
}

function Restart-WebAppPool {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)] [string] $Name
    )
    Invoke-Lab 'iis.recycle' @{ pool = $Name } | Out-Null
}

function iisreset {
    'Attempting stop...'
    Invoke-Lab 'iis.reset' | Out-Null
    'Internet services successfully stopped'
    'Attempting start...'
    'Internet services successfully restarted'
}

function Get-Acl {
    [CmdletBinding(DefaultParameterSetName = 'ByPath', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'ByLiteralPath', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [Alias('PSPath')] [string] $LiteralPath,
        [Parameter(ParameterSetName = 'ByPath', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string[]] $Path,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        Assert-LabParameter Get-Acl $PSBoundParameters
        foreach ($Each in @($Path) + @($LiteralPath)) {
            if ($Each) { Invoke-Lab 'key.acl' @{ container = ($Each -split '[\\/]')[-1] } | ConvertTo-LabAcl -Path $Each }
        }
    }
}

function Get-WinEvent {
    [CmdletBinding(DefaultParameterSetName = 'GetLogSet', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'HashQuerySet', Position = 0, Mandatory = $true)] [hashtable[]] $FilterHashtable,
        [Parameter(ParameterSetName = 'GetLogSet', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string[]] $LogName,
        [Parameter(ParameterSetName = 'GetLogSet')] [Parameter(ParameterSetName = 'GetProviderSet')] [Parameter(ParameterSetName = 'HashQuerySet')] [long] $MaxEvents = [long]::MaxValue,
        [Parameter(ParameterSetName = 'GetLogSet')] [Parameter(ParameterSetName = 'GetProviderSet')] [Parameter(ParameterSetName = 'HashQuerySet')] [switch] $Oldest,
        [Parameter(ParameterSetName = 'GetProviderSet', Position = 0, Mandatory = $true, ValueFromPipelineByPropertyName = $true)] [string[]] $ProviderName,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        Assert-LabParameter Get-WinEvent $PSBoundParameters
        $Queries = if ($FilterHashtable) { $FilterHashtable } else { @{ LogName = $LogName; ProviderName = $ProviderName } }
        foreach ($Key in $Queries.Keys) {
            if ($Key -notin 'LogName', 'ProviderName', 'Id', 'Level', 'StartTime', 'EndTime') { Invoke-Lab 'refuse' @{ id = 'WinEvent.FilterNotSimulated'; values = @($Key) } }
        }
        $Found = @(Invoke-Lab 'event.list' | ConvertTo-LabResult WinEvent | Where-Object { Test-LabEvent $_ $Queries })
        if ($Oldest) { [array]::Reverse($Found) }
        if ($Found.Count -eq 0) { Write-LabError 'WinEvent.NoneFound' '' $PSCmdlet }
        $Found | Select-Object -First ([int] [Math]::Min($MaxEvents, [int]::MaxValue))
    }
}

# Whether an event is one that any of the queries asks for.
function Test-LabEvent($Event, [hashtable[]] $Queries) {
    $Level = @{ Critical = 1; Error = 2; Warning = 3; Information = 4 }[$Event.LevelDisplayName]
    foreach ($Query in $Queries) {
        if ((Test-LabName $Event.LogName $Query.LogName) -and (Test-LabName $Event.ProviderName $Query.ProviderName) -and
            (-not $Query.Id -or $Event.Id -in $Query.Id) -and (-not $Query.Level -or $Level -in $Query.Level) -and
            (-not $Query.StartTime -or $Event.TimeCreated -ge $Query.StartTime) -and (-not $Query.EndTime -or $Event.TimeCreated -le $Query.EndTime)) { return $true }
    }
    $false
}

function Test-LabName([string] $Name, [string[]] $Patterns) {
    -not $Patterns -or @($Patterns | Where-Object { $Name -like $_ }).Count -gt 0
}

# Only the form that shows the certificates HTTP.sys holds: of all ports, or of one.
function netsh {
    $ErrorActionPreference = 'Stop'
    if ("$args" -notmatch '^http show sslcert( ipport=(?<ip>\S*):(?<port>\d+))?$') { Invoke-Lab 'refuse' @{ id = 'Netsh.NotSimulated'; values = @("$args") } }
    $Address, $Port = $Matches['ip'], [int] $Matches['port']
    $global:LASTEXITCODE = 0
    $Bindings = @(Invoke-Lab 'iis.sslBindings' | Where-Object { -not $Port -or ($_.Port -eq $Port -and $_.IPAddress -eq $Address) })
    '', 'SSL Certificate bindings:', '-------------------------', ''
    if ($Port -and -not $Bindings) {
        $global:LASTEXITCODE = 1
        return 'The system cannot find the file specified.', ''
    }
    foreach ($Binding in $Bindings) {
        if ($Binding.Host) { "    Hostname:port                : $($Binding.Host):$($Binding.Port)" } else { "    IP:port                      : $($Binding.IPAddress):$($Binding.Port)" }
        "    Certificate Hash             : $($Binding.Thumbprint.ToLowerInvariant())"
        '    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}'
        "    Certificate Store Name       : $($Binding.Store)"
        ''
    }
}

function Write-LabError([string] $Id, [string] $Value, $Cmdlet) {
    try { Invoke-Lab 'refuse' @{ id = $Id; values = @($Value) } } catch { $Cmdlet.WriteError($_) }
}

Export-ModuleMember -Function Get-Service, Restart-Service, Stop-Service, Start-Service, Get-CimInstance, Get-WebBinding, Get-WebConfigurationProperty, Restart-WebAppPool, iisreset, Get-Acl, Get-WinEvent, netsh
