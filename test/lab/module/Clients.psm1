# The cmdlets of POP3, IMAP4, OAuth and federation; rules and state are the organization's (Invoke-Lab).

function Get-PopSettings {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [string] $DomainController,
        [Parameter(ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Server
    )
    process { Invoke-Lab 'Get-PopSettings' $PSBoundParameters | ConvertTo-LabResult PopSettings }
}

function Set-PopSettings {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    param(
        [string] $DomainController,
        [Parameter(ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Server,
        [AllowNull()] [AllowEmptyString()] [string] $X509CertificateName,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess("$Server\1", 'Setting POP3 settings')
        Invoke-Lab 'Set-PopSettings' $PSBoundParameters | Out-Null
        Write-Warning 'Changes to POP3 settings will only take effect after all Microsoft Exchange POP3 services are restarted on server.'
    }
}

function Get-ImapSettings {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [string] $DomainController,
        [Parameter(ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Server
    )
    process { Invoke-Lab 'Get-ImapSettings' $PSBoundParameters | ConvertTo-LabResult ImapSettings }
}

function Set-ImapSettings {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    param(
        [string] $DomainController,
        [Parameter(ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Server,
        [AllowNull()] [AllowEmptyString()] [string] $X509CertificateName,
        # and those its page has that the lab knows by name only
    )
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_) }
        $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess("$Server\1", 'Setting IMAP4 settings')
        Invoke-Lab 'Set-ImapSettings' $PSBoundParameters | Out-Null
        Write-Warning 'Changes to IMAP4 settings will only take effect after all Microsoft Exchange IMAP4 services are restarted on server.'
    }
}

function Get-AuthConfig {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [string] $DomainController
    )
    Invoke-Lab 'Get-AuthConfig' $PSBoundParameters | ConvertTo-LabResult AuthConfig
}

function Set-AuthConfig {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'AuthConfigSettings', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'CurrentCertificateParameter', Mandatory = $true)] [string] $CertificateThumbprint,
        [Parameter(ParameterSetName = 'PublishAuthCertificateParameter')] [switch] $ClearPreviousCertificate,
        [string] $DomainController,
        [Parameter(ParameterSetName = 'CurrentCertificateParameter')] [Parameter(ParameterSetName = 'PublishAuthCertificateParameter')] [Parameter(ParameterSetName = 'NewCertificateParameter')] [switch] $Force,
        [Parameter(ParameterSetName = 'NewCertificateParameter')] [datetime] $NewCertificateEffectiveDate,
        [Parameter(ParameterSetName = 'NewCertificateParameter')] [string] $NewCertificateThumbprint,
        [Parameter(ParameterSetName = 'PublishAuthCertificateParameter')] [switch] $PublishCertificate,
        [Parameter(ParameterSetName = 'CurrentCertificateParameter')] [Parameter(ParameterSetName = 'NewCertificateParameter')] [string] $Server,
        [Parameter(ParameterSetName = 'CurrentCertificateParameter')] [Parameter(ParameterSetName = 'NewCertificateParameter')] [switch] $SkipImmediateCertificateDeployment,
        # and those its page has that the lab knows by name only
    )
    $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess('Auth Configuration', 'Setting the configuration of OAuth')
    Invoke-Lab 'Set-AuthConfig' $PSBoundParameters | Out-Null
}

function Get-FederationTrust {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-FederationTrust' $PSBoundParameters | ConvertTo-LabResult FederationTrust }
}

Export-ModuleMember -Function Get-PopSettings, Set-PopSettings, Get-ImapSettings, Set-ImapSettings, Get-AuthConfig, Get-FederationTrust, Set-AuthConfig
