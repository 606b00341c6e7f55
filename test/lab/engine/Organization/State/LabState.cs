// The whole simulated organization as data: what a test gives to organization.new and gets from state.get.
namespace Lab;

public sealed class LabState
{
    public string Name { get; set; } = "Contoso";
    public string Domain { get; set; } = "mydomain.com";
    public List<string> DomainControllers { get; set; } = ["dc1.mydomain.com"];
    public LabSettings Settings { get; set; } = new();

    /// <summary>Certificate authorities by role; the root is made where none is named.</summary>
    public Dictionary<string, AuthorityState> Authorities { get; set; } = [];

    /// <summary>Certificates by role or thumbprint; everything else names a certificate by either.</summary>
    public Dictionary<string, CertificateState> Certificates { get; set; } = [];
    public List<ServerState> Servers { get; set; } = [];
    public List<SendConnectorState> SendConnectors { get; set; } = [];
    public HybridState? Hybrid { get; set; }
    public AuthState Auth { get; set; } = new();
    public List<FederationState> Federation { get; set; } = [];
    public List<string> EdgeSubscriptions { get; set; } = [];
}

/// <summary>A certificate authority of the lab: its key and certificate come from the pool.</summary>
public sealed class AuthorityState
{
    public string Subject { get; set; } = "";

    /// <summary>The role of its issuer; null: self-signed.</summary>
    public string? Issuer { get; set; }
    public string Key { get; set; } = "rsa2048";
}

/// <summary>How a certificate is made; or, with RawData, one that came from outside.</summary>
public sealed class CertificateState
{
    public string Subject { get; set; } = "";

    /// <summary>The role of an authority; null: self-signed.</summary>
    public string? Issuer { get; set; }

    /// <summary>Days from now, [notBefore, notAfter]; turned into the two times below when the organization is made.</summary>
    public double[]? Days { get; set; }
    public DateTimeOffset? NotBefore { get; set; }
    public DateTimeOffset? NotAfter { get; set; }
    public List<string> DnsNames { get; set; } = [];

    /// <summary>rsa1024, rsa2048, rsa3072, rsa4096, ec256, ec384.</summary>
    public string Key { get; set; } = "rsa2048";

    /// <summary>Which key of the pool; given one by one where null, so that two certificates never share a key by chance.</summary>
    public int? KeySlot { get; set; }

    /// <summary>OIDs of the extended key usage; null: no such extension.</summary>
    public List<string>? ExtendedKeyUsage { get; set; } = ["1.3.6.1.5.5.7.3.1"];

    /// <summary>Told by state.get; given, it stands for all above and no private key is made.</summary>
    public string? RawData { get; set; }
    public string? Thumbprint { get; set; }
}

public sealed class HybridState
{
    /// <summary>The name by which the tenant's connectors know the organization's certificate: TlsSenderCertificateName and TlsDomain, a host or `*.domain`; null: any.</summary>
    public string? TenantName { get; set; }
    public string? TlsCertificateName { get; set; }
    public List<string> SendingTransportServers { get; set; } = [];
    public List<string> ReceivingTransportServers { get; set; } = [];
}

public sealed class AuthState
{
    public string? Current { get; set; }
    public string? Previous { get; set; }
    public string? Next { get; set; }
}

public sealed class FederationState
{
    public string Name { get; set; } = "";
    public string? Certificate { get; set; }
    public string? PreviousCertificate { get; set; }
    public string? NextCertificate { get; set; }
}

/// <summary>A send connector: an object of the organization, with the servers it sends from.</summary>
public sealed class SendConnectorState
{
    public string Name { get; set; } = "";
    public Guid Guid { get; set; }
    public bool Enabled { get; set; } = true;
    public bool RequireTls { get; set; }
    public List<string> SourceTransportServers { get; set; } = [];
    public List<string> AddressSpaces { get; set; } = [];

    /// <summary>`&lt;I&gt;issuer&lt;S&gt;subject`, or `@role` on the way in; null: none.</summary>
    public string? TlsCertificateName { get; set; }
    public List<string> SmartHosts { get; set; } = [];
    public bool DomainSecureEnabled { get; set; }
    public string? TlsAuthLevel { get; set; }
    public string? TlsDomain { get; set; }
    public string? Fqdn { get; set; }
    public bool CloudServicesMailEnabled { get; set; }
}
