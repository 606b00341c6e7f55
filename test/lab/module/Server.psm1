# The Windows cmdlets of a simulated server: PKI, services, IIS, rights on key files; rules and state are the organization's (Invoke-Lab).

function Import-PfxCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Position = 0, Mandatory = $true)] [string] $FilePath,
        [Parameter(Position = 1)] [string] $CertStoreLocation = '.',
        [securestring] $Password,
        [switch] $Exportable
    )
    $Store = Split-LabStore $CertStoreLocation
    $Arguments = @{ FileData = Read-LabFile $FilePath $PSCmdlet; Store = $Store; Exportable = [bool] $Exportable }
    if ($Password) { $Arguments['Password'] = $Password }
    $Arguments['WhatIf'] = -not $PSCmdlet.ShouldProcess("Item: $FilePath Destination: $Store", 'Import certificate')
    Invoke-Lab 'Import-PfxCertificate' $Arguments | ConvertTo-LabCertificate -StorePath "Cert:\LocalMachine\$Store"
}

function Export-PfxCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Cert')]
    param(
        [Parameter(ParameterSetName = 'Cert', Position = 0, Mandatory = $true, ValueFromPipeline = $true)] $Cert,
        [Parameter(ParameterSetName = 'PFXData', Position = 0, Mandatory = $true, ValueFromPipeline = $true)] $PFXData,
        [Parameter(Position = 1, Mandatory = $true)] [string] $FilePath,
        [securestring] $Password,
        [string[]] $ProtectTo,
        [ValidateSet('BuildChain', 'EndEntityCertOnly', 'PfxDataOnly')] [string] $ChainOption = 'BuildChain',
        [ValidateSet('TripleDES_SHA1', 'AES256_SHA256')] [string] $CryptoAlgorithmOption = 'TripleDES_SHA1',
        [switch] $NoProperties,
        [switch] $NoClobber,
        [switch] $Force
    )
    process {
        if (-not $Password -and -not $ProtectTo) { Invoke-Lab 'refuse' @{ id = 'Export-PfxCertificate.NoPassword' } }
        if ($Cert -is [string]) { $Cert = Get-Item -Path $Cert -ErrorAction Stop }
        $File = $PSCmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($FilePath)
        if ($NoClobber -and [System.IO.File]::Exists($File)) { Invoke-Lab 'refuse' @{ id = 'Export-PfxCertificate.FileExists'; values = @($FilePath) } }
        $Thumbprint = if ($PFXData) { $PFXData.EndEntityCertificates[0].Thumbprint } else { $Cert.Thumbprint }
        if ($PSCmdlet.ShouldProcess("Item: $Thumbprint Destination: $FilePath", 'Export certificate')) {
            $Answer = Invoke-Lab 'Export-PfxCertificate' @{
                Thumbprint = $Thumbprint; Password = $Password; ChainOption = $ChainOption; CryptoAlgorithmOption = $CryptoAlgorithmOption
                NoProperties = [bool] $NoProperties; FromPfxData = [bool] $PFXData
            }
            [System.IO.File]::WriteAllBytes($File, [System.Convert]::FromBase64String($Answer.FileData))
            New-Object -TypeName System.IO.FileInfo -ArgumentList $File
        }
    }
}

function Get-PfxData {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, Mandatory = $true)] [string] $FilePath,
        [securestring] $Password
    )
    $Arguments = @{ FileData = Read-LabFile $FilePath $PSCmdlet }
    if ($Password) { $Arguments['Password'] = $Password }
    $Answer = Invoke-Lab 'Get-PfxData' $Arguments
    [pscustomobject] @{
        EndEntityCertificates = @($Answer.endEntity | ConvertTo-LabCertificate)
        OtherCertificates     = @($Answer.other | ConvertTo-LabCertificate)
    }
}

function Get-Service {
    [CmdletBinding()]
    param([Parameter(Position = 0, ValueFromPipeline = $true)] [Alias('ServiceName')] [string[]] $Name = '*', [string[]] $DisplayName)
    process {
        $All = @(Invoke-Lab 'service.list' | ConvertTo-LabResult Service)
        foreach ($Wanted in $Name) {
            $Found = @($All | Where-Object { $_.Name -like $Wanted -and (-not $DisplayName -or $_.DisplayName -like $DisplayName[0]) })
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
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Name')]
    param([Parameter(ParameterSetName = 'Name', Position = 0, Mandatory = $true)] [string[]] $Name, [Parameter(ParameterSetName = 'Input', Mandatory = $true, ValueFromPipeline = $true)] $InputObject, [switch] $Force, [switch] $PassThru)
    process { Set-LabService $Name $InputObject 'restart' $PassThru $PSCmdlet }
}

function Stop-Service {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Name')]
    param([Parameter(ParameterSetName = 'Name', Position = 0, Mandatory = $true)] [string[]] $Name, [Parameter(ParameterSetName = 'Input', Mandatory = $true, ValueFromPipeline = $true)] $InputObject, [switch] $Force, [switch] $NoWait, [switch] $PassThru)
    process { Set-LabService $Name $InputObject 'stop' $PassThru $PSCmdlet }
}

function Start-Service {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Name')]
    param([Parameter(ParameterSetName = 'Name', Position = 0, Mandatory = $true)] [string[]] $Name, [Parameter(ParameterSetName = 'Input', Mandatory = $true, ValueFromPipeline = $true)] $InputObject, [switch] $PassThru)
    process { Set-LabService $Name $InputObject 'start' $PassThru $PSCmdlet }
}

function Get-CimInstance {
    [CmdletBinding()]
    param([Parameter(Position = 0, Mandatory = $true)] [string] $ClassName, [string[]] $Property)
    if ($ClassName -ne 'Win32_OperatingSystem') { Invoke-Lab 'refuse' @{ id = 'Cim.ClassNotSimulated'; values = @($ClassName) } }
    Invoke-Lab 'windows.version' | ConvertTo-LabResult OperatingSystem
}

function Get-WebBinding {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Name, [string] $Protocol, [int] $Port)
    Invoke-Lab 'Get-WebBinding' $PSBoundParameters | ConvertTo-LabResult WebBinding
}

function Get-WebConfigurationProperty {
    [CmdletBinding()]
    param([string] $PSPath, [string] $Location, [Parameter(Mandatory = $true)] [string] $Filter, [Parameter(Mandatory = $true)] [string] $Name)
    if ($Filter.TrimStart('/') -ne 'system.webServer/security/access' -or $Name -ne 'sslFlags') { Invoke-Lab 'refuse' @{ id = 'WebConfiguration.NotSimulated'; values = @($Filter, $Name) } }
    $Site = if ($Location) { $Location } else { ($PSPath -split '[\\/]')[-1] }
    (Invoke-Lab 'iis.sslFlags' @{ site = $Site }).sslFlags
}

function Restart-WebAppPool {
    [CmdletBinding()]
    param([Parameter(Position = 0, Mandatory = $true)] [string] $Name)
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
    [CmdletBinding()]
    param([Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [Alias('PSPath')] [string[]] $Path, [string] $LiteralPath)
    process {
        foreach ($Each in @($Path) + @($LiteralPath)) {
            if ($Each) { Invoke-Lab 'key.acl' @{ container = ($Each -split '[\\/]')[-1] } | ConvertTo-LabAcl -Path $Each }
        }
    }
}

function Split-LabStore([string] $Location) {
    $Parts = @(($Location -replace '^.*::', '' -replace '^Cert:', '') -split '[\\/]' | Where-Object { $_ })
    if ($Location -eq '.') { $Parts = @(((Get-Location).Path -replace '^Cert:', '') -split '[\\/]' | Where-Object { $_ }) }
    if ($Parts.Count -ne 2 -or $Parts[0] -ne 'LocalMachine') { Invoke-Lab 'refuse' @{ id = 'Import-PfxCertificate.Location'; values = @($Location) } }
    $Parts[1]
}

function Read-LabFile([string] $FilePath, $Cmdlet) {
    $File = $Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($FilePath)
    if (-not [System.IO.File]::Exists($File)) { Invoke-Lab 'refuse' @{ id = 'PfxFile.NotFound'; values = @($FilePath) } }
    , [System.IO.File]::ReadAllBytes($File)
}

# A refusal that does not end the cmdlet, as Write-Error makes it.
function Write-LabError([string] $Id, [string] $Value, $Cmdlet) {
    try { Invoke-Lab 'refuse' @{ id = $Id; values = @($Value) } } catch { $Cmdlet.WriteError($_) }
}

Export-ModuleMember -Function Import-PfxCertificate, Export-PfxCertificate, Get-PfxData, *-Service, Get-CimInstance, Get-WebBinding, Get-WebConfigurationProperty, Restart-WebAppPool, iisreset, Get-Acl
