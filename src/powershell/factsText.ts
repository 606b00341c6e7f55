// The second half of session.ps1: reading the facts of servers and organization, one way for snapshot and step.

/** Its text, joined to `sessionText` by `renderSession`; what a server is asked runs there, in its own session. */
export const factsText = String.raw`
# The store of one server. A key of a key storage provider has no PrivateKey here: CNG.
$ReadCertificates = {
    $ErrorActionPreference = 'Stop'
    $rows = @(foreach ($item in @(Get-ChildItem -Path Cert:\LocalMachine\My)) {
        $key = if ($item.HasPrivateKey -and $item.PrivateKey) { $item.PrivateKey.CspKeyContainerInfo }
        $readable = $null
        if ($key) {
            $file = Join-Path -Path $env:ProgramData -ChildPath ('Microsoft\Crypto\RSA\MachineKeys\' + $key.UniqueKeyContainerName)
            try {
                $readable = @((Get-Acl -Path $file).Access | Where-Object { $_.AccessControlType -eq 'Allow' -and
                    $_.FileSystemRights -match 'Read|Modify|FullControl' -and
                    $_.IdentityReference.Translate([Security.Principal.SecurityIdentifier]).Value -eq 'S-1-5-20' }).Count -gt 0
            } catch { $readable = $null }
        }
        @{ thumbprint = $item.Thumbprint.ToUpperInvariant(); rawData = [Convert]::ToBase64String($item.RawData)
            issuer = [string]$item.Issuer; subject = [string]$item.Subject
            friendlyName = [string]$item.FriendlyName; hasPrivateKey = [bool]$item.HasPrivateKey
            exportable = $(if ($key) { [bool]$key.Exportable } else { $null })
            provider = $(if ($key) { [string]$key.ProviderName } elseif ($item.HasPrivateKey) { 'CNG' } else { $null })
            networkServiceCanRead = $readable; services = $null; status = $null }
    })
    ConvertTo-Json -InputObject @{ certificates = $rows } -Depth 4 -Compress
}

# IIS' own bindings beside those of HTTP.sys, which decide: one with a host name by that name, any other by its address, an empty one being
# all of them. The front end is setup's site, or IIS' first where that was renamed; what HTTP.sys serves besides Exchange's sites stands alone.
$ReadBindings = {
    $ErrorActionPreference = 'Stop'
    Import-Module -Name WebAdministration
    $ssl, $ours = @(Get-ChildItem -Path IIS:\SslBindings), @()
    $paths = @(Get-WebBinding | ForEach-Object { [string]$_.ItemXPath })
    $front = 'Default Web Site'
    if (-not @($paths | Where-Object { $_.Contains("@name='$front'") }).Count) { $front = @($paths | ForEach-Object { [regex]::Match($_, "@name=['""](.+)['""] and @id='1'").Groups[1].Value } | Where-Object { $_ })[0] }
    if (-not $front -or $front -eq 'Exchange Back End') { throw 'IIS has no site "Default Web Site", and no other as its first: the bindings of the front end are not known.' }
    $rows = @(foreach ($site in $front, 'Exchange Back End') {
        $flags = Get-WebConfigurationProperty -PSPath 'MACHINE/WEBROOT/APPHOST' -Location $site -Filter 'system.webServer/security/access' -Name sslFlags
        foreach ($binding in @(Get-WebBinding -Name $site -Protocol https)) {
            $at = [regex]::Match([string]$binding.bindingInformation, '^(.*):(\d+):([^:]*)$')
            $ip, $port, $name = ($at.Groups[1].Value -replace '[\[\]]' -replace '^\*?$', '0.0.0.0'), [int]$at.Groups[2].Value, $at.Groups[3].Value
            $there = @($ssl | Where-Object { $_.Port -eq $port })
            $served = @(if ($name) { $there | Where-Object { [string]$_.Host -eq $name } })
            if (-not $name -or -not ([int]$binding.sslFlags -band 1)) { foreach ($address in $ip, '0.0.0.0') { $served += @($there | Where-Object { -not $_.Host -and [string]$_.IPAddress -eq $address }) } }
            $ours += $served = $served[0]
            $iis, $httpSys = @($binding.certificateHash, $served.Thumbprint) | ForEach-Object { if ($_) { ([string]$_).ToUpperInvariant() } else { $null } }
            $where = if ($name) { $name } else { $ip -replace '^(.*:.*)$', '[$1]' }
            @{ site = $site; address = '{0}:{1}' -f $where, $port; host = $name; port = $port; iis = $iis; httpSys = $httpSys; requireSsl = "$flags $($flags.Value)" -match '\bSsl\b' }
        }
    })
    $rows += @($ssl | Where-Object { $ours -notcontains $_ } | ForEach-Object {
        $other = if ($_.Thumbprint) { ([string]$_.Thumbprint).ToUpperInvariant() } else { $null }
        $where = if ($_.Host) { [string]$_.Host } else { [string]$_.IPAddress -replace '^(.*:.*)$', '[$1]' }
        @{ site = ''; address = '{0}:{1}' -f $where, $_.Port; host = [string]$_.Host; port = [int]$_.Port; iis = $other; httpSys = $other; requireSsl = $null }
    })
    ConvertTo-Json -InputObject @{ bindings = $rows } -Depth 4 -Compress
}

$ReadMachine = {
    $on = @{}
    foreach ($name in 'POP3', 'IMAP4') { $on[$name] = (Get-Service -Name "MSExchange$name" -ErrorAction SilentlyContinue).Status -eq 'Running' }
    $now = (Get-Date).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [Globalization.CultureInfo]::InvariantCulture)
    ConvertTo-Json -InputObject @{ clock = $now; windows = (Get-CimInstance -ClassName Win32_OperatingSystem -ErrorAction SilentlyContinue).Version; pop = $on['POP3']; imap = $on['IMAP4'] } -Compress
}

# A fact that can't be read stays unknown, and the snapshot says why.
function Read-Fact {
    param([string]$Where, [scriptblock]$Read)
    try { & $Read } catch { Add-Problem $Where 'not-told' ([string]$_.Exception.Message) }
}

# Whole rows of the named servers, many sessions at once; one that does not answer keeps its place and nothing else.
function Read-Servers {
    param([object[]]$Server)
    Connect-Servers @($Server | ForEach-Object { $_.fqdn })
    $sessions = @($Server | ForEach-Object { $Opened.servers[$_.fqdn] } | Where-Object { $_ })
    $told = @{}
    foreach ($one in $Server) { $told[$one.fqdn] = @{} }
    foreach ($block in $ReadCertificates, $ReadBindings, $ReadMachine) {
        if ($sessions.Count -eq 0) { break }
        $texts = @(Invoke-Command -Session $sessions -ScriptBlock $block -ThrottleLimit 16 -ErrorAction SilentlyContinue -ErrorVariable refused)
        foreach ($text in $texts) {
            $facts = ConvertFrom-Json -InputObject ([string]$text)
            foreach ($property in $facts.PSObject.Properties) { $told[$text.PSComputerName][$property.Name] = $property.Value }
        }
        # An error that the server sent has its origin; one of a session that broke only its target, which is the session or its computer's name.
        foreach ($problem in $refused) {
            $where = @($problem.OriginInfo.PSComputerName, $problem.TargetObject.ComputerName, $problem.TargetObject | Where-Object { $_ })[0]
            Add-Problem ([string]$where) 'not-told' ([string]$problem)
        }
    }
    foreach ($one in $Server) {
        $row = New-ServerRow $one $told[$one.fqdn]
        if ($row.reached.server) { Read-ExchangeFacts $row }
        $row
    }
}

function New-ServerRow {
    param($Server, [hashtable]$Told)
    $reached = $null -ne $Told.clock
    $problem = if ($reached) { $null } else { @(@($Problems | Where-Object { $_.where -eq $Server.fqdn }) + @{ detail = '' })[0].detail }
    [ordered]@{ name = $Server.name; fqdn = $Server.fqdn; exchange = $null; windows = $Told.windows; roles = $null
        reached = [ordered]@{ exchange = $false; server = $reached; problem = $problem }
        internalTransport = $null; clock = $Told.clock; certificates = $Told.certificates; bindings = $Told.bindings
        pop = $(if ($reached) { [ordered]@{ x509CertificateName = $null; running = $Told.pop } } else { $null })
        imap = $(if ($reached) { [ordered]@{ x509CertificateName = $null; running = $Told.imap } } else { $null })
        receiveConnectors = $null }
}

function Read-ExchangeFacts {
    param($Row)
    Read-Fact $Row.name {
        $told = Get-ExchangeServer -Identity $Row.name -ErrorAction Stop @Pin
        $Row.exchange = [string]$told.AdminDisplayVersion -replace '^\D*(\d+\.\d+)\D+(\d+\.\d+)\D*$', '$1.$2'
        $Row.roles = Get-Texts $told 'ServerRole'
    }
    Read-Fact $Row.name { $Row.internalTransport = Get-Text (Get-TransportService -Identity $Row.name -ErrorAction Stop @Pin) 'InternalTransportCertificateThumbprint' -Filled }
    Read-Fact $Row.name { $Row.pop.x509CertificateName = Get-Text (Get-PopSettings -Server $Row.name -ErrorAction Stop @Pin) 'X509CertificateName' }
    Read-Fact $Row.name { $Row.imap.x509CertificateName = Get-Text (Get-ImapSettings -Server $Row.name -ErrorAction Stop @Pin) 'X509CertificateName' }
    Read-Fact $Row.name {
        $told = try { @(Get-ExchangeCertificate -Server $Row.name -ErrorAction Stop @Pin) } catch { $Row.reached.problem = [string]$_.Exception.Message; throw }
        $Row.reached.exchange = $true
        foreach ($item in $Row.certificates) {
            $same = @($told | Where-Object { $_.Thumbprint -eq $item.thumbprint })[0]
            $services = Get-Text $same 'Services'
            if ($services) { $item.services = @($services -split ',\s*' | Where-Object { $_ -ne 'None' }); $item.status = Get-Text $same 'Status' }
        }
    }
    Read-Fact $Row.name { $Row.receiveConnectors = @(Get-ReceiveConnector -Server $Row.name -ErrorAction Stop @Pin | ForEach-Object {
        [ordered]@{ identity = [string]$_.Identity; guid = Get-Text $_ 'Guid'; role = Get-Text $_ 'TransportRole'; bindings = Get-Texts $_ 'Bindings'
            enabled = $_.Enabled; authMechanism = Get-Texts $_ 'AuthMechanism'; fqdn = Get-Text $_ 'Fqdn'; remoteIPRanges = Get-Texts $_ 'RemoteIPRanges'
            requireTls = $_.RequireTLS; domainSecureEnabled = $_.DomainSecureEnabled; tlsDomainCapabilities = Get-Texts $_ 'TlsDomainCapabilities' -Empty
            tlsCertificateName = Get-Text $_ 'TlsCertificateName' } }) }
}

function Read-Organization {
    $told = [ordered]@{ sendConnectors = $null; hybrid = $null; auth = $null; federation = $null; edgeSubscriptions = $null }
    Read-Fact 'organization' { $told.sendConnectors = @(Get-SendConnector -ErrorAction Stop @Pin | ForEach-Object {
        [ordered]@{ name = [string]$_.Name; guid = Get-Text $_ 'Guid'; enabled = $_.Enabled; requireTls = $_.RequireTLS; fqdn = Get-Text $_ 'Fqdn'
            sourceTransportServers = Get-Texts $_ 'SourceTransportServers'; addressSpaces = Get-Texts $_ 'AddressSpaces'; tlsAuthLevel = Get-Text $_ 'TlsAuthLevel'
            domainSecureEnabled = $_.DomainSecureEnabled; cloudServicesMailEnabled = $_.CloudServicesMailEnabled; tlsCertificateName = Get-Text $_ 'TlsCertificateName' } }) }
    Read-Fact 'organization' {
        $hybrid = @(Get-HybridConfiguration -ErrorAction Stop @Pin)
        $told.hybrid = [ordered]@{ tlsCertificateName = $(if ($hybrid.Count) { Get-Text $hybrid[0] 'TlsCertificateName' } else { '' }) }
    }
    Read-Fact 'organization' {
        $auth = Get-AuthConfig -ErrorAction Stop @Pin
        $told.auth = [ordered]@{ current = Get-Text $auth 'CurrentCertificateThumbprint' -Filled
            previous = Get-Text $auth 'PreviousCertificateThumbprint' -Filled; next = Get-Text $auth 'NextCertificateThumbprint' -Filled }
    }
    Read-Fact 'organization' { $told.federation = @(Get-FederationTrust -ErrorAction Stop @Pin | ForEach-Object {
        $_.OrgPrivCertificate; $_.OrgPrevPrivCertificate; $_.OrgNextPrivCertificate } | Where-Object { $_ } | ForEach-Object { [string]$_ }) }
    Read-Fact 'organization' { $told.edgeSubscriptions = @(Get-EdgeSubscription -ErrorAction Stop @Pin | ForEach-Object { [string]$_.Name }) }
    $told
}

function Find-Certificate {
    param($Row, [string]$Thumbprint)
    if ($null -eq $Row.certificates) { throw ('The certificates of {0} could not be read.' -f $Row.name) }
    @($Row.certificates | Where-Object { $_.thumbprint -eq $Thumbprint })[0]
}
`;
