// One Exchange server as data: its store, bindings, services, connectors and where its listeners stand.
namespace Lab;

public sealed class ServerState
{
    public string Name { get; set; } = "";
    public string Fqdn { get; set; } = "";

    /// <summary>Exchange's build, `15.2.1748.10`; 15.1 is Exchange 2016.</summary>
    public string Exchange { get; set; } = "15.2.1748.10";

    /// <summary>Windows' version; 10.0.14393 is Windows Server 2016.</summary>
    public string Windows { get; set; } = "10.0.20348";
    public List<string> Roles { get; set; } = ["Mailbox"];
    public string Site { get; set; } = "Default-First-Site-Name";
    public bool Down { get; set; }

    /// <summary>Its culture and language, as de-DE; null: the lab's.</summary>
    public string? Culture { get; set; }
    public bool DiskFull { get; set; }

    /// <summary>How far its clock is ahead, in minutes; negative: behind.</summary>
    public double ClockMinutes { get; set; }

    /// <summary>The address of its listeners; null: none are opened.</summary>
    public string? Address { get; set; }
    public PortsState Ports { get; set; } = new();
    public List<StoreEntry> Store { get; set; } = [];

    /// <summary>Certificates of LocalMachine\CA, by role or thumbprint.</summary>
    public List<string> IntermediateStore { get; set; } = [];

    /// <summary>InternalTransportCertificateThumbprint.</summary>
    public string? InternalTransport { get; set; }
    public List<BindingState> Bindings { get; set; } = [];

    /// <summary>Windows services by name: true is running.</summary>
    public Dictionary<string, bool> Services { get; set; } = [];
    public MailboxProtocolState Pop { get; set; } = new();
    public MailboxProtocolState Imap { get; set; } = new();
    public List<ReceiveConnectorState> ReceiveConnectors { get; set; } = [];

    /// <summary>Key files whose certificate was removed: the files stay (about_Certificate_Provider).</summary>
    public List<string> LeftKeys { get; set; } = [];

    /// <summary>The registry's EnableEccCertificateSupport as reg files write it: `1` is a string, `dword:1` a number (CSS-ECC); null: there is none.</summary>
    public string? EccSupport { get; set; }

    /// <summary>UMStartupMode of Exchange 2016: TCP, TLS or Dual (ENABLE).</summary>
    public string UmStartupMode { get; set; } = "TCP";

    public bool Is(string name) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(name, Fqdn, StringComparison.OrdinalIgnoreCase);

    public StoreEntry? Find(string? thumbprint) =>
        Store.Find(entry => string.Equals(entry.Certificate, thumbprint, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Ports of the listeners; 0: none.</summary>
public sealed class PortsState
{
    public int Smtp { get; set; } = 2525;
    public int Https { get; set; } = 8443;
    public int Imaps { get; set; } = 9993;
    public int Pop3s { get; set; } = 9995;

    /// <summary>587 and 444.</summary>
    public int Submission { get; set; }
    public int Backend { get; set; }
}

/// <summary>One certificate of LocalMachine\My with what Windows and Exchange keep beside it.</summary>
public sealed class StoreEntry
{
    /// <summary>Role on the way in, thumbprint afterwards.</summary>
    public string Certificate { get; set; } = "";
    public string FriendlyName { get; set; } = "";
    public bool HasPrivateKey { get; set; } = true;
    public bool Exportable { get; set; }

    /// <summary>The key's provider by its full name.</summary>
    public string Provider { get; set; } = Providers.SChannel;

    /// <summary>UniqueKeyContainerName: the key's file; made where null.</summary>
    public string? Container { get; set; }

    /// <summary>Whether NT AUTHORITY\NETWORK SERVICE may read the key.</summary>
    public bool NetworkService { get; set; }

    /// <summary>POP, IMAP, SMTP, UM, UMCallRouter; IIS is read from the bindings.</summary>
    public List<string> Services { get; set; } = [];

    /// <summary>Order of the last Enable for POP or IMAP: the later wins at a service's start.</summary>
    public int EnabledAt { get; set; }

    public bool IsCsp => !Provider.Contains("Key Storage Provider", StringComparison.Ordinal);
}

public static class Providers
{
    public const string SChannel = "Microsoft RSA SChannel Cryptographic Provider";
    public const string Software = "Microsoft Software Key Storage Provider";
}

/// <summary>An https binding: what IIS says and what HTTP.sys holds may differ.</summary>
public sealed class BindingState
{
    public string Site { get; set; } = "Default Web Site";

    /// <summary>As IIS keeps it: empty or `*` is every address, one of IPv6 stands in brackets.</summary>
    public string Ip { get; set; } = "*";
    public int Port { get; set; } = 443;

    /// <summary>The name it is bound to by SNI; empty: none.</summary>
    public string Host { get; set; } = "";

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOfAllAddresses => Ip is "" or "*" or "0.0.0.0";
    public string? Iis { get; set; }
    public string? HttpSys { get; set; }
    public bool RequireSsl { get; set; } = true;
}

public sealed class MailboxProtocolState
{
    public string? X509CertificateName { get; set; }

    /// <summary>What the running service chose when it started.</summary>
    public string? Presented { get; set; }
}

public sealed class ReceiveConnectorState
{
    public string Name { get; set; } = "";
    public Guid Guid { get; set; }

    /// <summary>FrontendTransport or HubTransport.</summary>
    public string Role { get; set; } = "FrontendTransport";
    public List<string> Bindings { get; set; } = ["0.0.0.0:25"];
    public bool Enabled { get; set; } = true;
    public List<string> AuthMechanism { get; set; } = ["Tls"];

    /// <summary>Whose connections it takes, where another connector has the same binding; the smaller range wins (RECV).</summary>
    public List<string> RemoteIpRanges { get; set; } = ["::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0.0.0.0-255.255.255.255"];
    public List<string> PermissionGroups { get; set; } = ["ExchangeUsers", "ExchangeServers", "ExchangeLegacyServers"];
    public List<string> TlsDomainCapabilities { get; set; } = [];
    public bool DomainSecureEnabled { get; set; }
    public string? Fqdn { get; set; }
    public string? TlsCertificateName { get; set; }
    public bool RequireTls { get; set; }
}
