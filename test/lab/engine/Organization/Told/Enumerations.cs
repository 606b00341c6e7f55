// The enumerations that Exchange and Windows tell: names as documented and recorded; numbers are the lab's where no page gives them.
namespace Microsoft.Exchange.Data
{
    /// <summary>The values of -TlsAuthLevel (SEND).</summary>
    public enum TlsAuthLevel
    {
        EncryptionOnly = 1,
        CertificateValidation = 2,
        DomainValidation = 3,
    }

    public enum ServerEditionType
    {
        Unknown,
        Standard,
        StandardEvaluation,
        Enterprise,
        EnterpriseEvaluation,
    }

    public enum ProtocolLoggingLevel
    {
        None,
        Verbose,
    }

    public enum SendConnectorType
    {
        Default,
        XPremises,
    }

    [Flags]
    public enum PermissionGroups
    {
        None = 0,
        AnonymousUsers = 1,
        ExchangeUsers = 2,
        ExchangeServers = 4,
        ExchangeLegacyServers = 8,
        Partners = 16,
        Custom = 32,
    }
}

namespace Microsoft.Exchange.Data.Directory.SystemConfiguration
{
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
    public enum ServerRole
    {
        None = 0,
        Mailbox = 2,
        ClientAccess = 4,
        UnifiedMessaging = 16,
        HubTransport = 32,
        Edge = 64,
        FrontendTransport = 16384,
    }

    public enum ExtendedProtectionPolicySetting
    {
        None,
        Allow,
        Require,
    }
}

namespace Microsoft.Exchange.Management.SystemConfigurationTasks
{
    /// <summary>The values of -Services, combined as PowerShell combines flags (ENABLE); the numbers are recorded.</summary>
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

    /// <summary>The values of Status, in the order of its page (GET); 1 is recorded for a valid one.</summary>
    public enum CertificateStatus
    {
        Unknown,
        Valid,
        Revoked,
        DateInvalid,
        Untrusted,
        Invalid,
        RevocationCheckFailure,
        PendingRequest,
    }

    /// <summary>The values of RootCAType, in the order of its page (GET); 0 and 3 are recorded.</summary>
    public enum CertificateAuthorityType
    {
        None,
        ThirdParty,
        Enterprise,
        Registry,
        GroupPolicy,
        Unknown,
    }
}

namespace Microsoft.Exchange.Data.QueueViewer
{
    public enum QueueStatus
    {
        None,
        Active,
        Ready,
        Retry,
        Suspended,
        Connecting,
    }
}

namespace System.ServiceProcess
{
    public enum ServiceControllerStatus
    {
        Stopped = 1,
        StartPending = 2,
        StopPending = 3,
        Running = 4,
        ContinuePending = 5,
        PausePending = 6,
        Paused = 7,
    }

    public enum ServiceStartMode
    {
        Automatic = 2,
        Manual = 3,
        Disabled = 4,
    }
}
