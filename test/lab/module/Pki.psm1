# The cmdlets of Windows' PKI module on a simulated server; rules and state are the organization's (Invoke-Lab).

function Import-PfxCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    param(
        [Parameter(Position = 1)] [string] $CertStoreLocation = '.',
        [switch] $Exportable,
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipelineByPropertyName = $true)] [Alias('FullName')] [string] $FilePath,
        [securestring] $Password
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        $Store = Split-LabStore $CertStoreLocation
        $Arguments = @{ FileData = Read-LabFile $FilePath $PSCmdlet; Store = $Store; Exportable = [bool] $Exportable }
        if ($Password) { $Arguments['Password'] = $Password }
        $Arguments['WhatIf'] = -not $PSCmdlet.ShouldProcess("Item: $FilePath Destination: $Store", 'Import certificate')
        Invoke-Lab 'Import-PfxCertificate' $Arguments | ConvertTo-LabCertificate -StorePath "Cert:\LocalMachine\$Store"
    }
}

function Export-PfxCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'NormalCert', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'NormalCert', Position = 0, Mandatory = $true, ValueFromPipelineByPropertyName = $true)] [Alias('PsPath')] $Cert,
        [ValidateSet('BuildChain', 'EndEntityCertOnly', 'PfxDataOnly')] [string] $ChainOption = 'BuildChain',
        [ValidateSet('TripleDES_SHA1', 'AES256_SHA256')] [string] $CryptoAlgorithmOption = 'TripleDES_SHA1',
        [Parameter(Position = 1, Mandatory = $true)] [string] $FilePath,
        [switch] $Force,
        [switch] $NoClobber,
        [switch] $NoProperties,
        [Parameter(ParameterSetName = 'PfxCert', Position = 0, Mandatory = $true, ValueFromPipeline = $true)] $PFXData,
        [securestring] $Password,
        [string[]] $ProtectTo
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
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
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipelineByPropertyName = $true)] [Alias('FullName')] [string] $FilePath,
        [securestring] $Password
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        $Arguments = @{ FileData = Read-LabFile $FilePath $PSCmdlet }
        if ($Password) { $Arguments['Password'] = $Password }
        $Answer = Invoke-Lab 'Get-PfxData' $Arguments
        [pscustomobject] @{
            EndEntityCertificates = @($Answer.endEntity | ConvertTo-LabCertificate)
            OtherCertificates     = @($Answer.other | ConvertTo-LabCertificate)
        }
    }
}

function Test-Certificate {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [switch] $AllowUntrustedRoot,
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipelineByPropertyName = $true)] [Alias('PsPath')] $Cert,
        [string] $DNSName,
        [string[]] $EKU,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        Assert-LabParameter Test-Certificate $PSBoundParameters
        if ($Cert -is [string]) { $Cert = Get-Item -Path $Cert -ErrorAction Stop }
        $Answer = Invoke-Lab 'Test-Certificate' @{ Thumbprint = $Cert.Thumbprint; AllowUntrustedRoot = [bool] $AllowUntrustedRoot; DNSName = $DNSName; EKU = $EKU }
        foreach ($Problem in $Answer.problems) { Write-LabError 'Test-Certificate.Problem' $Problem $PSCmdlet }
        $Answer.problems.Count -eq 0
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

Export-ModuleMember -Function Import-PfxCertificate, Export-PfxCertificate, Get-PfxData, Test-Certificate
