# The cmdlets of mail: connectors, transport services, queues, the hybrid configuration; rules and state are the organization's (Invoke-Lab).

function Get-SendConnector {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-SendConnector' $PSBoundParameters | ConvertTo-LabResult SendConnector }
}

function Set-SendConnector {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController,
        [bool] $Enabled,
        [switch] $Force,
        [string] $Fqdn,
        [bool] $RequireTLS,
        $SourceTransportServers,
        [Microsoft.Exchange.Data.TlsAuthLevel] $TlsAuthLevel,
        [AllowNull()] [AllowEmptyString()] [string] $TlsCertificateName,
        # and those its page has that the lab knows by name only
    )
    process {
        $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess($Identity, 'Setting properties for Send connector')
        Invoke-Lab 'Set-SendConnector' $PSBoundParameters | Out-Null
    }
}

function Get-ReceiveConnector {
    [CmdletBinding(DefaultParameterSetName = 'Identity', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController,
        [Parameter(ParameterSetName = 'Server', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Server
    )
    process { Invoke-Lab 'Get-ReceiveConnector' $PSBoundParameters | ConvertTo-LabResult ReceiveConnector }
}

function Set-ReceiveConnector {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [Microsoft.Exchange.Data.Directory.SystemConfiguration.AuthMechanisms] $AuthMechanism,
        [string] $DomainController,
        [bool] $Enabled,
        [string] $Fqdn,
        [bool] $RequireTLS,
        [AllowNull()] [AllowEmptyString()] [string] $TlsCertificateName,
        # and those its page has that the lab knows by name only
    )
    process {
        $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess($Identity, 'Setting properties for Receive connector')
        Invoke-Lab 'Set-ReceiveConnector' $PSBoundParameters | Out-Null
    }
}

function Get-TransportService {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-TransportService' $PSBoundParameters | ConvertTo-LabResult TransportService }
}

function Get-HybridConfiguration {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [string] $DomainController
    )
    Invoke-Lab 'Get-HybridConfiguration' $PSBoundParameters | ConvertTo-LabResult HybridConfiguration
}

function Set-HybridConfiguration {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    param(
        [string] $DomainController,
        [Parameter(ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $TlsCertificateName,
        # and those its page has that the lab knows by name only
    )
    process {
        $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess('Hybrid Configuration', 'Setting hybrid configuration')
        Invoke-Lab 'Set-HybridConfiguration' $PSBoundParameters | Out-Null
    }
}

function Get-EdgeSubscription {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-EdgeSubscription' $PSBoundParameters | ConvertTo-LabResult EdgeSubscription }
}

function Get-Queue {
    [CmdletBinding(DefaultParameterSetName = 'Server', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $ResultSize,
        [Parameter(ParameterSetName = 'Server', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Server,
        # and those its page has that the lab knows by name only
    )
    process { Invoke-Lab 'Get-Queue' $PSBoundParameters | ConvertTo-LabResult Queue }
}

function Get-Message {
    [CmdletBinding(DefaultParameterSetName = 'Server', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [Parameter(ParameterSetName = 'Queue', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Queue,
        [string] $ResultSize,
        [Parameter(ParameterSetName = 'Filter', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Server,
        # and those its page has that the lab knows by name only
    )
    process { Invoke-Lab 'Get-Message' $PSBoundParameters | ConvertTo-LabResult Message }
}

Export-ModuleMember -Function Get-SendConnector, Set-SendConnector, Get-ReceiveConnector, Set-ReceiveConnector, Get-TransportService, Get-HybridConfiguration, Set-HybridConfiguration, Get-EdgeSubscription, Get-Queue, Get-Message
