// The values of -Services, -TlsAuthLevel and -AuthMechanism, combined as PowerShell combines flags (ENABLE).
namespace Lab;

/// <summary>The values of -TlsAuthLevel (SEND).</summary>
public enum TlsAuthLevel
{
    EncryptionOnly = 1,
    CertificateValidation = 2,
    DomainValidation = 3,
}

/// <summary>The values of -AuthMechanism (RECV).</summary>
[Flags]
public enum AuthMechanisms
{
    None = 0,
    Tls = 1,
    Integrated = 2,
    BasicAuth = 4,
    BasicAuthRequireTLS = 8,
    ExchangeServer = 16,
    ExternalAuthoritative = 32,
}

[Flags]
public enum AllowedServices
{
    None = 0,
    IMAP = 1,
    POP = 2,
    UM = 4,
    IIS = 8,
    SMTP = 16,
    Federation = 32,
    UMCallRouter = 64,
}
