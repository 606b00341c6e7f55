# The Exchange cmdlets of the simulation: Microsoft's names, parameters and prompts; rules and state are the organization's (Invoke-Lab).
# Each parameter has a row in table.json; what is not named there is unknown, as in the real cmdlets.

function Get-ExchangeServer {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [Parameter(ParameterSetName = 'Domain', Mandatory = $true)] [string] $Domain,
        [string] $DomainController,
        [switch] $Status
    )
    process { Invoke-Lab 'Get-ExchangeServer' $PSBoundParameters | ConvertTo-LabResult ExchangeServer }
}

function Get-ExchangeCertificate {
    [CmdletBinding(DefaultParameterSetName = 'Thumbprint')]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Position = 0, ValueFromPipeline = $true)] [AllowNull()] [AllowEmptyString()] [string] $Thumbprint,
        [Parameter(ParameterSetName = 'Identity')] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [Parameter(ParameterSetName = 'Instance')] $Instance,
        [Parameter(ParameterSetName = 'Thumbprint')] [Parameter(ParameterSetName = 'Instance')] [string] $Server,
        [string] $DomainController,
        [string[]] $DomainName
    )
    process { Invoke-Lab 'Get-ExchangeCertificate' $PSBoundParameters | ConvertTo-LabResult ExchangeCertificate }
}

function Import-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'FileData')]
    param(
        [Parameter(ParameterSetName = 'FileData', Mandatory = $true)] [byte[]] $FileData,
        [Parameter(ParameterSetName = 'Instance', Mandatory = $true)] [string[]] $Instance,
        [securestring] $Password,
        [bool] $PrivateKeyExportable,
        [string] $FriendlyName,
        [string] $Server,
        [string] $DomainController
    )
    $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess("$Server", 'Importing an Exchange certificate')
    Invoke-Lab 'Import-ExchangeCertificate' $PSBoundParameters | ConvertTo-LabResult ExchangeCertificate
}

function Export-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Thumbprint')]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Position = 0, Mandatory = $true)] [string] $Thumbprint,
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true)] [string] $Identity,
        [Parameter(ParameterSetName = 'Thumbprint')] [string] $Server,
        [switch] $BinaryEncoded,
        [securestring] $Password,
        [string] $DomainController
    )
    if ($PSCmdlet.ShouldProcess("$Thumbprint$Identity", 'Exporting an Exchange certificate')) {
        Invoke-Lab 'Export-ExchangeCertificate' $PSBoundParameters | ConvertTo-LabResult ExchangeCertificateExport
    }
}

function Enable-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Thumbprint')]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Thumbprint,
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true)] [string] $Identity,
        [Parameter(Mandatory = $true)] [Lab.AllowedServices] $Services,
        [Parameter(ParameterSetName = 'Thumbprint')] [string] $Server,
        [switch] $DoNotRequireSsl,
        [switch] $Force,
        [switch] $NetworkServiceAllowed,
        [string] $DomainController
    )
    process {
        if ($PSCmdlet.ShouldProcess("$Thumbprint$Identity", "Enabling the certificate for services $Services")) {
            Invoke-LabQuestion 'Enable-ExchangeCertificate' $PSBoundParameters $PSCmdlet | ForEach-Object { $_.warnings } | ForEach-Object { if ($_) { Write-Warning $_ } }
        }
    }
}

function Remove-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', DefaultParameterSetName = 'Thumbprint')]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Thumbprint,
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true)] [string] $Identity,
        [Parameter(ParameterSetName = 'Thumbprint')] [string] $Server,
        [string] $DomainController
    )
    process {
        if ($PSCmdlet.ShouldProcess("$Thumbprint$Identity", 'Remove certificate')) {
            Invoke-Lab 'Remove-ExchangeCertificate' $PSBoundParameters | Out-Null
        }
    }
}

function New-ExchangeCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Lab.AllowedServices] $Services,
        [string] $SubjectName,
        [string[]] $DomainName,
        [string] $FriendlyName,
        [int] $KeySize,
        [bool] $PrivateKeyExportable,
        [switch] $IncludeServerFQDN,
        [switch] $Force,
        [string] $Server,
        [string] $DomainController,
        # documented and not simulated: refused when used
        [switch] $BinaryEncoded, [switch] $GenerateRequest, [switch] $IncludeAcceptedDomains, [switch] $IncludeAutoDiscover,
        [switch] $IncludeServerNetBIOSName, [object] $Instance, [string] $SubjectKeyIdentifier
    )
    if ($PSCmdlet.ShouldProcess("$Server", 'Creating an Exchange certificate')) {
        Invoke-LabQuestion 'New-ExchangeCertificate' $PSBoundParameters $PSCmdlet | ConvertTo-LabResult ExchangeCertificate
    }
}

function Get-SendConnector {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-SendConnector' $PSBoundParameters | ConvertTo-LabResult SendConnector }
}

function Set-SendConnector {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [AllowNull()] [AllowEmptyString()] [string] $TlsCertificateName,
        [bool] $RequireTLS,
        [string] $TlsAuthLevel,
        [bool] $Enabled,
        [string] $Fqdn,
        [string[]] $SourceTransportServers,
        [switch] $Force,
        [string] $DomainController,
        # documented and not simulated: refused when used
        [string[]] $AddressSpaces, [object] $AuthenticationCredential, [bool] $CloudServicesMailEnabled, [string] $Comment,
        [string] $ConnectionInactivityTimeOut, [string] $ConnectorType, [bool] $DNSRoutingEnabled, [bool] $DomainSecureEnabled,
        [string] $ErrorPolicies, [bool] $ForceHELO, [bool] $FrontendProxyEnabled, [bool] $IgnoreSTARTTLS, [bool] $IsCoexistenceConnector,
        [bool] $IsScopedConnector, [string] $LinkedReceiveConnector, [string] $MaxMessageSize, [string] $Name, [int] $Port,
        [string] $ProtocolLoggingLevel, [bool] $RequireOorg, [string] $SmartHostAuthMechanism, [string[]] $SmartHosts,
        [int] $SmtpMaxMessagesPerConnection, [string] $SourceIPAddress, [string] $TlsDomain, [bool] $UseExternalDNSServersEnabled
    )
    process {
        $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess($Identity, 'Setting properties for Send connector')
        Invoke-Lab 'Set-SendConnector' $PSBoundParameters | Out-Null
    }
}

function Get-ReceiveConnector {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [Parameter(ParameterSetName = 'Server')] [string] $Server,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-ReceiveConnector' $PSBoundParameters | ConvertTo-LabResult ReceiveConnector }
}

function Set-ReceiveConnector {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Position = 0, Mandatory = $true, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [AllowNull()] [AllowEmptyString()] [string] $TlsCertificateName,
        [bool] $RequireTLS,
        [bool] $Enabled,
        [string] $Fqdn,
        [string] $DomainController,
        # documented and not simulated: refused when used
        [bool] $AdvertiseClientSettings, [string] $AuthMechanism, [string] $AuthTarpitInterval, [string] $Banner,
        [bool] $BareLinefeedRejectionEnabled, [bool] $BinaryMimeEnabled, [string[]] $Bindings, [bool] $ChunkingEnabled, [string] $Comment,
        [string] $ConnectionInactivityTimeout, [string] $ConnectionTimeout, [string] $DefaultDomain, [bool] $DeliveryStatusNotificationEnabled,
        [bool] $DomainSecureEnabled, [bool] $EightBitMimeEnabled, [bool] $EnableAuthGSSAPI, [bool] $EnhancedStatusCodesEnabled,
        [string] $ExtendedProtectionPolicy, [bool] $LongAddressesEnabled, [string] $MaxAcknowledgementDelay, [string] $MaxHeaderSize,
        [int] $MaxHopCount, [string] $MaxInboundConnection, [string] $MaxInboundConnectionPerSource, [int] $MaxInboundConnectionPercentagePerSource,
        [int] $MaxLocalHopCount, [int] $MaxLogonFailures, [string] $MaxMessageSize, [string] $MaxProtocolErrors, [int] $MaxRecipientsPerMessage,
        [string] $MessageRateLimit, [string] $MessageRateSource, [string] $Name, [bool] $OrarEnabled, [string] $PermissionGroups,
        [bool] $PipeliningEnabled, [string] $ProtocolLoggingLevel, [bool] $RejectReservedSecondLevelRecipientDomains,
        [bool] $RejectReservedTopLevelRecipientDomains, [bool] $RejectSingleLabelRecipientDomains, [string[]] $RemoteIPRanges,
        [bool] $RequireEHLODomain, [string] $ServiceDiscoveryFqdn, [string] $SizeEnabled, [bool] $SmtpUtf8Enabled, [bool] $SuppressXAnonymousTls,
        [string] $TarpitInterval, [string[]] $TlsDomainCapabilities, [string] $TransportRole
    )
    process {
        $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess($Identity, 'Setting properties for Receive connector')
        Invoke-Lab 'Set-ReceiveConnector' $PSBoundParameters | Out-Null
    }
}

function Get-TransportService {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-TransportService' $PSBoundParameters | ConvertTo-LabResult TransportService }
}

function Get-PopSettings {
    [CmdletBinding()]
    param([string] $Server, [string] $DomainController)
    Invoke-Lab 'Get-PopSettings' $PSBoundParameters | ConvertTo-LabResult PopSettings
}

function Set-PopSettings {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [AllowNull()] [AllowEmptyString()] [string] $X509CertificateName, [string] $Server, [string] $DomainController,
        # documented and not simulated: refused when used
        [string] $AuthenticatedConnectionTimeout, [string] $Banner, [string] $CalendarItemRetrievalOption, [bool] $EnableExactRFC822Size,
        [bool] $EnableGSSAPIAndNTLMAuth, [bool] $EnforceCertificateErrors, [string] $ExtendedProtectionPolicy, [string[]] $ExternalConnectionSettings,
        [string[]] $InternalConnectionSettings, [string] $LogFileLocation, [string] $LogFileRollOverSettings, [string] $LogPerFileSizeQuota,
        [string] $LoginType, [int] $MaxCommandSize, [int] $MaxConnectionFromSingleIP, [int] $MaxConnections, [int] $MaxConnectionsPerUser,
        [string] $MessageRetrievalMimeFormat, [string] $MessageRetrievalSortOrder, [string] $OwaServerUrl,
        [string] $PreAuthenticatedConnectionTimeout, [bool] $ProtocolLogEnabled, [int] $ProxyTargetPort, [string[]] $SSLBindings,
        [bool] $SuppressReadReceipt, [string[]] $UnencryptedOrTLSBindings
    )
    $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess("$Server\1", 'Setting POP3 settings')
    Invoke-Lab 'Set-PopSettings' $PSBoundParameters | Out-Null
    Write-Warning 'Changes to POP3 settings will only take effect after all Microsoft Exchange POP3 services are restarted on server.'
}

function Get-ImapSettings {
    [CmdletBinding()]
    param([string] $Server, [string] $DomainController)
    Invoke-Lab 'Get-ImapSettings' $PSBoundParameters | ConvertTo-LabResult ImapSettings
}

function Set-ImapSettings {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [AllowNull()] [AllowEmptyString()] [string] $X509CertificateName, [string] $Server, [string] $DomainController,
        # documented and not simulated: refused when used
        [string] $AuthenticatedConnectionTimeout, [string] $Banner, [string] $CalendarItemRetrievalOption, [bool] $EnableExactRFC822Size,
        [bool] $EnableGSSAPIAndNTLMAuth, [bool] $EnforceCertificateErrors, [string] $ExtendedProtectionPolicy, [string[]] $ExternalConnectionSettings,
        [string[]] $InternalConnectionSettings, [string] $LogFileLocation, [string] $LogFileRollOverSettings, [string] $LogPerFileSizeQuota,
        [string] $LoginType, [int] $MaxCommandSize, [int] $MaxConnectionFromSingleIP, [int] $MaxConnections, [int] $MaxConnectionsPerUser,
        [string] $MessageRetrievalMimeFormat, [string] $OwaServerUrl, [string] $PreAuthenticatedConnectionTimeout, [bool] $ProtocolLogEnabled,
        [int] $ProxyTargetPort, [string[]] $SSLBindings, [bool] $ShowHiddenFoldersEnabled, [bool] $SuppressReadReceipt,
        [string[]] $UnencryptedOrTLSBindings
    )
    $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess("$Server\1", 'Setting IMAP4 settings')
    Invoke-Lab 'Set-ImapSettings' $PSBoundParameters | Out-Null
    Write-Warning 'Changes to IMAP4 settings will only take effect after all Microsoft Exchange IMAP4 services are restarted on server.'
}

function Get-HybridConfiguration {
    [CmdletBinding()]
    param([string] $DomainController)
    Invoke-Lab 'Get-HybridConfiguration' $PSBoundParameters | ConvertTo-LabResult HybridConfiguration
}

function Set-HybridConfiguration {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [AllowNull()] [AllowEmptyString()] [string] $TlsCertificateName, [string] $DomainController,
        # documented and not simulated: refused when used
        [string[]] $ClientAccessServers, [string[]] $Domains, [string[]] $EdgeTransportServers, [string[]] $ExternalIPAddresses, [string[]] $Features,
        [string] $Name, [string] $OnPremisesSmartHost, [string[]] $ReceivingTransportServers, [string] $SecureMailCertificateThumbprint,
        [string[]] $SendingTransportServers, [int] $ServiceInstance, [string[]] $TransportServers
    )
    $PSBoundParameters['WhatIf'] = -not $PSCmdlet.ShouldProcess('Hybrid Configuration', 'Setting hybrid configuration')
    Invoke-Lab 'Set-HybridConfiguration' $PSBoundParameters | Out-Null
}

function Get-AuthConfig {
    [CmdletBinding()]
    param([string] $DomainController)
    Invoke-Lab 'Get-AuthConfig' $PSBoundParameters | ConvertTo-LabResult AuthConfig
}

function Get-FederationTrust {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-FederationTrust' $PSBoundParameters | ConvertTo-LabResult FederationTrust }
}

function Get-EdgeSubscription {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)] [AllowNull()] [AllowEmptyString()] [string] $Identity,
        [string] $DomainController
    )
    process { Invoke-Lab 'Get-EdgeSubscription' $PSBoundParameters | ConvertTo-LabResult EdgeSubscription }
}

function Get-Queue {
    [CmdletBinding(DefaultParameterSetName = 'Server')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Server')] [string] $Server,
        [Parameter(ParameterSetName = 'Server')] [string] $Filter,
        [string] $ResultSize,
        # documented and not simulated: refused when used
        [int] $BookmarkIndex, [object] $BookmarkObject, [string] $Exclude, [string] $Include, [bool] $IncludeBookmark, [bool] $ReturnPageInfo,
        [bool] $SearchForward, [string] $SortOrder
    )
    Invoke-Lab 'Get-Queue' $PSBoundParameters | ConvertTo-LabResult Queue
}

function Get-Message {
    [CmdletBinding(DefaultParameterSetName = 'Server')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Queue')] [string] $Queue,
        [Parameter(ParameterSetName = 'Server')] [string] $Server,
        [string] $ResultSize,
        # documented and not simulated: refused when used
        [int] $BookmarkIndex, [object] $BookmarkObject, [string] $Filter, [bool] $IncludeBookmark, [switch] $IncludeComponentLatencyInfo,
        [switch] $IncludeRecipientInfo, [bool] $ReturnPageInfo, [bool] $SearchForward, [string] $SortOrder
    )
    Invoke-Lab 'Get-Message' $PSBoundParameters | ConvertTo-LabResult Message
}

function Get-DomainController {
    [CmdletBinding()]
    param(
        [string] $DomainName, [string] $Forest, [switch] $GlobalCatalog,
        # documented and not simulated: refused when used
        [object] $Credential
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

Export-ModuleMember -Function *-Exchange*, *Connector, Get-TransportService, *-PopSettings, *-ImapSettings, *-HybridConfiguration, Get-AuthConfig, Get-FederationTrust, Get-EdgeSubscription, Get-Queue, Get-Message, Get-DomainController
