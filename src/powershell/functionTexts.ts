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
    param([string]$Path, [Security.SecureString]$Password)
    $flags = [Security.Cryptography.X509Certificates.X509KeyStorageFlags]::EphemeralKeySet
    $opened = [Security.Cryptography.X509Certificates.X509Certificate2]::new([IO.File]::ReadAllBytes($Path), $Password, $flags)
    try { if ($opened.HasPrivateKey) { $opened.Thumbprint } } finally { $opened.Dispose() }
}
`;

/** SMTP only: naming IIS too could move the public binding (facts exchange.md 1.4). Waited for and read back. */
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
