// Which certificate a server presents on which port: Exchange's documented choice, and nothing else decides it.
namespace Lab;

/// <summary>What a client meets: a certificate, a handshake that fails, or no TLS at all.</summary>
public sealed record Presentation(bool Offered, string? Thumbprint, string? Reason)
{
    public static Presentation None(string reason) => new(false, null, reason);

    public static Presentation Fails(string reason, string? thumbprint = null) => new(true, thumbprint, reason);

    public static Presentation Of(string thumbprint) => new(true, thumbprint, null);

    public bool Works => Offered && Reason is null;
}

public static class Selection
{
    /// <summary>HTTP.sys' binding of a port decides; IIS' own may say otherwise (TERENCE). A name of SNI first, then all addresses.</summary>
    public static Presentation Https(Organization organization, ServerState server, int port, string? host = null)
    {
        var binding = (host is { Length: > 0 } ? server.Bindings.Find(candidate => candidate.Port == port && Same(candidate.Host, host)) : null) ?? FrontOf(server, port);
        return Https(organization, server, binding);
    }

    /// <summary>The binding of a port that a client from outside meets.</summary>
    public static BindingState? FrontOf(ServerState server, int port) =>
        server.Bindings.Find(candidate => candidate.Port == port && candidate is { Host: "", IsOfAllAddresses: true }) ?? server.Bindings.Find(candidate => candidate.Port == port);

    public static Presentation Https(Organization organization, ServerState server, BindingState? binding)
    {
        return binding?.HttpSys is null ? Presentation.None("no certificate is bound") : Usable(organization, server, binding.HttpSys, networkService: false);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a connector offers: nothing without Tls among its mechanisms, and nothing of a certificate whose chain the server can't build (EHLO-JP).</summary>
    public static Presentation Receives(Organization organization, ServerState server, ReceiveConnectorState connector)
    {
        if (!connector.AuthMechanism.Contains("Tls"))
        {
            return Presentation.None("the connector's AuthMechanism has no Tls");
        }
        var met = Smtp(organization, server, connector.TlsCertificateName, connector.Fqdn);
        return met.Thumbprint is null || Chains(organization, server, met.Thumbprint) ? met : Presentation.None("the chain of the certificate can't be built");
    }

    /// <summary>Whether a server has every issuer up to the root: those in between are in LocalMachine\CA, roots come with Windows.</summary>
    public static bool Chains(Organization organization, ServerState server, string thumbprint) =>
        organization.Certificates.Chain(thumbprint).All(issuer => server.IntermediateStore.Contains(issuer.Thumbprint, StringComparer.OrdinalIgnoreCase) || server.Find(issuer.Thumbprint) is not null);

    /// <summary>Whether a certificate has that very name, `*.domain` too.</summary>
    public static bool HasName(Organization organization, string thumbprint, string name) =>
        CertificateRegistry.Domains(organization.Certificates[thumbprint]).Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The connector of port 25: by TlsCertificateName the latest expiry (EHLO-JP), else by FQDN among the SMTP-enabled (STARTTLS, RMILNE).</summary>
    public static Presentation Smtp(Organization organization, ServerState server, int port = 25, System.Net.IPAddress? client = null)
    {
        var connector = server.ReceiveConnectors
            .Where(candidate => candidate.Enabled && IsOn(candidate, port))
            .Select(candidate => (candidate, size: AddressRanges.Smallest(candidate.RemoteIpRanges, client ?? System.Net.IPAddress.Loopback)))
            .Where(pair => pair.size is not null)
            .OrderBy(pair => pair.size)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
        return connector is null ? Presentation.None($"no receive connector on port {port} takes this client") : Receives(organization, server, connector);
    }

    /// <summary>Whether a connector of the front end is bound to that port.</summary>
    public static bool IsOn(ReceiveConnectorState connector, int port) =>
        connector.Role == "FrontendTransport" && connector.Bindings.Exists(binding => binding.EndsWith($":{port}", StringComparison.Ordinal));

    /// <summary>The choice for a connector, receiving or sending, on this server.</summary>
    public static Presentation Smtp(Organization organization, ServerState server, string? name, string? fqdn)
    {
        if (!string.IsNullOrEmpty(name))
        {
            var named = Named(organization, server, name);
            return named is null ? Presentation.None("no certificate of that issuer and subject") : Usable(organization, server, named.Certificate, networkService: true);
        }
        var chosen = server.Store
            .Where(entry => entry.Services.Contains("SMTP") && entry.HasPrivateKey && Covers(organization, entry.Certificate, fqdn ?? server.Fqdn))
            .OrderByDescending(entry => organization.Certificates[entry.Certificate].NotAfter)
            .FirstOrDefault();
        var thumbprint = chosen?.Certificate ?? server.InternalTransport;
        return thumbprint is null ? Presentation.None("no SMTP-enabled certificate for the FQDN") : Usable(organization, server, thumbprint, networkService: true);
    }

    /// <summary>The certificate a TlsCertificateName means here: same issuer and subject, latest expiry, whether enabled for SMTP or not (EHLO-JP).</summary>
    public static StoreEntry? Named(Organization organization, ServerState server, string name)
    {
        var wanted = name.Replace("<i>", "<I>", StringComparison.Ordinal).Replace("<s>", "<S>", StringComparison.Ordinal);
        return server.Store
            .Where(entry => CertificateRegistry.TlsName(organization.Certificates[entry.Certificate]) == wanted)
            .OrderByDescending(entry => organization.Certificates[entry.Certificate].NotAfter)
            .FirstOrDefault();
    }

    /// <summary>What POP or IMAP presents: chosen when the service started, never since (KIM).</summary>
    public static Presentation Mailbox(Organization organization, ServerState server, string service)
    {
        if (!server.Services.GetValueOrDefault(service))
        {
            return Presentation.None("the service is stopped");
        }
        var presented = Protocol(server, service).Presented;
        return presented is null ? Presentation.None("no certificate at the service's start") : Usable(organization, server, presented, networkService: false);
    }

    public static MailboxProtocolState Protocol(ServerState server, string service) => service.Contains("POP", StringComparison.OrdinalIgnoreCase) ? server.Pop : server.Imap;

    /// <summary>Lets the running POP and IMAP services of a server choose, as at its start; what the state names already is kept.</summary>
    public static void Start(Organization organization, ServerState server)
    {
        foreach (var service in new[] { "MSExchangePop3", "MSExchangeImap4" })
        {
            if (server.Services.GetValueOrDefault(service) && Protocol(server, service).Presented is null)
            {
                Choose(organization, server, service);
            }
        }
    }

    /// <summary>A service's choice at its start: of the certificates enabled for it whose names hold X509CertificateName, the one enabled last (ASSIGN).</summary>
    public static void Choose(Organization organization, ServerState server, string service)
    {
        var protocol = Protocol(server, service);
        var flag = ReferenceEquals(protocol, server.Pop) ? "POP" : "IMAP";
        protocol.Presented = server.Store
            .Where(entry => entry.HasPrivateKey && Covers(organization, entry.Certificate, protocol.X509CertificateName ?? server.Fqdn))
            .Where(entry => entry.Services.Contains(flag) || IsWildcard(organization, entry.Certificate))
            .OrderByDescending(entry => entry.EnabledAt)
            .ThenByDescending(entry => organization.Certificates[entry.Certificate].NotAfter)
            .FirstOrDefault()?.Certificate;
    }

    public static bool IsWildcard(Organization organization, string thumbprint) =>
        CertificateRegistry.Domains(organization.Certificates[thumbprint]).Take(1).Any(name => name.StartsWith("*.", StringComparison.Ordinal));

    /// <summary>Whether a name of the certificate, a wildcard included, is the host's.</summary>
    public static bool Covers(Organization organization, string thumbprint, string host) =>
        CertificateRegistry.Domains(organization.Certificates[thumbprint]).Exists(name =>
            string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
            || (name.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.') is > 0 and var dot && string.Equals(name[1..], host[dot..], StringComparison.OrdinalIgnoreCase)));

    private static Presentation Usable(Organization organization, ServerState server, string thumbprint, bool networkService)
    {
        var entry = server.Find(thumbprint);
        if (entry is null)
        {
            return Presentation.Fails("the certificate is not in the store");
        }
        if (!entry.HasPrivateKey || organization.Certificates.Key(entry.Certificate) is null)
        {
            return Presentation.Fails("NoCredentials: the certificate has no private key", entry.Certificate);
        }
        return networkService && !entry.NetworkService
            ? Presentation.Fails("UnknownCredentials: Network Service may not read the key", entry.Certificate)
            : Presentation.Of(entry.Certificate);
    }
}
