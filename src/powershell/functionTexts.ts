// PowerShell functions that only some scripts need: they stand in those scripts and not in session.ps1.

/** A connector's name for a certificate, always from the certificate as it is installed there. */
export const readTlsCertificateName = String.raw`
function Read-TlsCertificateName {
    param([string]$Fqdn, [string]$Thumbprint)
    [string](Invoke-Command -Session (Get-ServerSession $Fqdn) -ArgumentList $Thumbprint -ErrorAction Stop -ScriptBlock {
        param([string]$Thumbprint)
        $item = Get-Item -LiteralPath (Join-Path -Path Cert:\LocalMachine\My -ChildPath $Thumbprint) -ErrorAction Stop
        '<I>' + $item.Issuer + '<S>' + $item.Subject
    })
}
`;

/** The thumbprint of a PFX's certificate that has a key; nothing where none has; the key reaches no store. */
export const readPfxThumbprint = String.raw`
function Read-PfxThumbprint {
    param([byte[]]$Bytes, [Security.SecureString]$Password)
    $flags = [Security.Cryptography.X509Certificates.X509KeyStorageFlags]::EphemeralKeySet
    $opened = [Security.Cryptography.X509Certificates.X509Certificate2]::new($Bytes, $Password, $flags)
    try { if ($opened.HasPrivateKey) { $opened.Thumbprint } } finally { $opened.Dispose() }
}
`;

/**
 * A binding of a site gets a certificate of the computer's store, in IIS and in HTTP.sys: `AddSslCertificate` of the binding, as on Microsoft's
 * page of New-WebBinding. Whether it did is read back by who calls it.
 */
export const setFrontBinding = String.raw`
function Set-FrontBinding {
    param([string]$Fqdn, [string]$Thumbprint, $Row)
    Invoke-Command -Session (Get-ServerSession $Fqdn) -ArgumentList $Thumbprint, $Row.site, $Row.address, $Row.host -ErrorAction Stop -ScriptBlock {
        param([string]$Thumbprint, [string]$Site, [string]$Address, [string]$Name)
        $ErrorActionPreference = 'Stop'
        Import-Module -Name WebAdministration
        $same = @(Get-WebBinding -Name $Site -Protocol https | Where-Object {
            $at = [regex]::Match([string]$_.bindingInformation, '^(.*):(\d+):([^:]*)$')
            $where = if ($at.Groups[3].Value) { $at.Groups[3].Value } else { $at.Groups[1].Value -replace '^\*?$', '0.0.0.0' }
            $at.Groups[3].Value -eq $Name -and '{0}:{1}' -f $where, $at.Groups[2].Value -eq $Address
        })
        if ($same.Count -ne 1) { throw ('The binding {0} of {1} is not there once.' -f $Address, $Site) }
        $same[0].AddSslCertificate($Thumbprint, 'My')
    }
}
`;

/** SMTP only: naming IIS too could move the public binding (docs/facts-exchange.md#enable-services). Waited for and read back. */
export const restoreInternalTransport = String.raw`
function Restore-InternalTransport {
    param([string]$Server, [string]$Thumbprint, [int]$Seconds)
    $null = Enable-ExchangeCertificate -Thumbprint $Thumbprint -Services SMTP -Server $Server -Force -ErrorAction Stop @Pin
    $until = (Get-Date).AddSeconds($Seconds)
    while ([string](Get-TransportService -Identity $Server -ErrorAction Stop @Pin).InternalTransportCertificateThumbprint -ne $Thumbprint) {
        if ((Get-Date) -ge $until) { throw 'The internal transport certificate does not read back as restored.' }
        Start-Sleep -Seconds 1
    }
}
`;
