# The Windows cmdlets of a simulated server: PKI, services, IIS, rights on key files; rules and state are the organization's (Invoke-Lab).

function Get-Service {
    [CmdletBinding(DefaultParameterSetName = 'Default', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'DisplayName', Mandatory = $true)] [string[]] $DisplayName,
        [Parameter(ParameterSetName = 'Default', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [Alias('ServiceName')] [string[]] $Name,
        # documented and not simulated: refused when used
        [Parameter(ValueFromPipelineByPropertyName = $true)] [Alias('Cn')] [string[]] $ComputerName, [Alias('DS')] [switch] $DependentServices,
        [string[]] $Exclude, [string[]] $Include, [Parameter(ParameterSetName = 'InputObject', ValueFromPipeline = $true)] $InputObject,
        [Alias('SDO')] [switch] $RequiredServices
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
        # documented and not simulated: refused when used
        [Parameter(ParameterSetName = 'DisplayName', Mandatory = $true)] [string[]] $DisplayName, [string[]] $Exclude, [string[]] $Include
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
        # documented and not simulated: refused when used
        [Parameter(ParameterSetName = 'DisplayName', Mandatory = $true)] [string[]] $DisplayName, [string[]] $Exclude, [string[]] $Include
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
        # documented and not simulated: refused when used
        [Parameter(ParameterSetName = 'DisplayName', Mandatory = $true)] [string[]] $DisplayName, [string[]] $Exclude, [string[]] $Include
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
        # documented and not simulated: refused when used
        $CimSession, [Alias('CN')] [string[]] $ComputerName, [string] $Filter, [Alias('CimInstance')] $InputObject, [switch] $KeyOnly,
        [string] $Namespace, [Alias('OT')] [int] $OperationTimeoutSec, [string] $Query, [string] $QueryDialect, [string] $ResourceUri,
        [switch] $Shallow
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
        # documented and not simulated: refused when used
        [Parameter(ValueFromPipelineByPropertyName = $true)] [string] $HostHeader,
        [Parameter(ValueFromPipelineByPropertyName = $true)] [string] $IPAddress
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
        # documented and not simulated: refused when used
        [string] $Clr, [switch] $Recurse
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
        # documented and not simulated: refused when used
        [switch] $AllCentralAccessPolicies, [switch] $Audit, [string[]] $Exclude, [string] $Filter, [string[]] $Include,
        [Parameter(ParameterSetName = 'ByInputObject', Mandatory = $true)] $InputObject, [Alias('usetx')] [switch] $UseTransaction
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        Assert-LabParameter Get-Acl $PSBoundParameters
        foreach ($Each in @($Path) + @($LiteralPath)) {
            if ($Each) { Invoke-Lab 'key.acl' @{ container = ($Each -split '[\\/]')[-1] } | ConvertTo-LabAcl -Path $Each }
        }
    }
}

function Write-LabError([string] $Id, [string] $Value, $Cmdlet) {
    try { Invoke-Lab 'refuse' @{ id = $Id; values = @($Value) } } catch { $Cmdlet.WriteError($_) }
}

Export-ModuleMember -Function Get-Service, Restart-Service, Stop-Service, Start-Service, Get-CimInstance, Get-WebBinding, Get-WebConfigurationProperty, Restart-WebAppPool, iisreset, Get-Acl
