# The Exchange cmdlets of the simulation: Microsoft's names, parameters and prompts; rules and state are the organization's (Invoke-Lab).
# Each parameter has a row in table.json; what is not named there is unknown, as in the real cmdlets.

function Get-ExchangeServer {
    [CmdletBinding(DefaultParameterSetName = 'Identity', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController,
        [switch] $Status,
        # and those its page has that the lab knows by name only
    )
    process { Invoke-Lab 'Get-ExchangeServer' $PSBoundParameters | ConvertTo-LabResult ExchangeServer }
}

function Get-ExchangeCertificate {
    [CmdletBinding(DefaultParameterSetName = 'Thumbprint', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Thumbprint,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController,
        [string[]] $DomainName,
        [Parameter(ParameterSetName = 'Instance')] [Parameter(ParameterSetName = 'Thumbprint')] [string] $Server,
        # and those its page has that the lab knows by name only
    )
    process { Invoke-Lab 'Get-ExchangeCertificate' $PSBoundParameters | ConvertTo-LabResult ExchangeCertificate }
}

function Import-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'FileData', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'FileData', Mandatory = $true)] [byte[]] $FileData,
        [string] $DomainController,
        [string] $FriendlyName,
        [securestring] $Password,
        [bool] $PrivateKeyExportable,
        [string] $Server,
        # and those its page has that the lab knows by name only
    )
    dynamicparam { Get-LabOldParameter Import-ExchangeCertificate }
    process {
        $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess("$Server", 'Importing an Exchange certificate')
        Invoke-Lab 'Import-ExchangeCertificate' $PSBoundParameters | ConvertTo-LabResult ExchangeCertificate
    }
}

function Export-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Thumbprint', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Thumbprint,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [switch] $BinaryEncoded,
        [string] $DomainController,
        [securestring] $Password,
        [Parameter(ParameterSetName = 'Thumbprint')] [string] $Server
    )
    dynamicparam { Get-LabOldParameter Export-ExchangeCertificate }
    process {
        if ($PSCmdlet.ShouldProcess("$Thumbprint$Identity", 'Exporting an Exchange certificate')) {
            Invoke-Lab 'Export-ExchangeCertificate' $PSBoundParameters | ConvertTo-LabResult ExchangeCertificateExport
        }
    }
}

function Enable-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Thumbprint', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Thumbprint,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(Mandatory = $true)] [Microsoft.Exchange.Management.SystemConfigurationTasks.AllowedServices] $Services,
        [string] $DomainController,
        [switch] $DoNotRequireSsl,
        [switch] $Force,
        [switch] $NetworkServiceAllowed,
        [Parameter(ParameterSetName = 'Thumbprint')] [string] $Server
    )
    process {
        if ($PSCmdlet.ShouldProcess("$Thumbprint$Identity", "Enabling the certificate for services $Services")) {
            Invoke-LabQuestion 'Enable-ExchangeCertificate' $PSBoundParameters $PSCmdlet | ForEach-Object { $_.warnings } | ForEach-Object { if ($_) { Write-Warning $_ } }
        }
    }
}

function Remove-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', DefaultParameterSetName = 'Thumbprint', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Thumbprint,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [string] $DomainController,
        [Parameter(ParameterSetName = 'Thumbprint')] [string] $Server
    )
    process {
        if ($PSCmdlet.ShouldProcess("$Thumbprint$Identity", 'Remove certificate')) {
            Invoke-Lab 'Remove-ExchangeCertificate' $PSBoundParameters | Out-Null
        }
    }
}

function New-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Certificate', PositionalBinding = $false)]
    param(
        [string] $DomainController,
        [string[]] $DomainName,
        [switch] $Force,
        [string] $FriendlyName,
        [switch] $IncludeServerFQDN,
        [int] $KeySize,
        [bool] $PrivateKeyExportable,
        [string] $Server,
        [Parameter(ParameterSetName = 'Certificate')] [Microsoft.Exchange.Management.SystemConfigurationTasks.AllowedServices] $Services,
        [string] $SubjectName,
        # and those its page has that the lab knows by name only
    )
    process {
        if ($PSCmdlet.ShouldProcess("$Server", 'Creating an Exchange certificate')) {
            Invoke-LabQuestion 'New-ExchangeCertificate' $PSBoundParameters $PSCmdlet | ConvertTo-LabResult ExchangeCertificate
        }
    }
}

function Get-DomainController {
    [CmdletBinding(DefaultParameterSetName = 'DomainController', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'GlobalCatalog', Mandatory = $true)] [switch] $GlobalCatalog,
        # and those its page has that the lab knows by name only
    )
    Invoke-Lab 'Get-DomainController' $PSBoundParameters | ConvertTo-LabResult DomainController
}

# Calls an operation that may answer with a question; the answer goes with the second call, and nothing changes before it.
function Invoke-LabQuestion([string] $Operation, [System.Collections.IDictionary] $Bound, $Cmdlet) {
    $answer = Invoke-Lab $Operation $Bound
    if ($answer -and $answer.PSObject.Properties['question']) {
        $Bound['OverwriteDefault'] = $Cmdlet.ShouldContinue($answer.question, 'Confirm')
        $answer = Invoke-Lab $Operation $Bound
    }
    $answer
}

Export-ModuleMember -Function Get-ExchangeServer, Get-ExchangeCertificate, Import-ExchangeCertificate, Export-ExchangeCertificate, Enable-ExchangeCertificate, Remove-ExchangeCertificate, New-ExchangeCertificate, Get-DomainController
