// Servers, transport, POP and IMAP settings, hybrid, OAuth, federation, Edge, domain controllers.
using System.Text.Json.Nodes;

namespace Lab;

public static class OrganizationOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("Get-ExchangeServer", request => new JsonArray(Chosen(organization, request).Select(JsonNode? (server) => Server(organization, request, server)).ToArray()));
        organization.Register("Get-TransportService", request => new JsonArray(Chosen(organization, request).Select(JsonNode? (server) => new JsonObject
        {
            ["Identity"] = server.Name,
            ["Name"] = server.Name,
            ["InternalTransportCertificateThumbprint"] = server.InternalTransport,
        }).ToArray()));
        foreach (var protocol in new[] { "Pop", "Imap" })
        {
            organization.Register($"Get-{protocol}Settings", request => MailboxProtocol(organization, request, protocol, set: false));
            organization.Register($"Set-{protocol}Settings", request => MailboxProtocol(organization, request, protocol, set: true));
        }
        organization.Register("Get-HybridConfiguration", request => Hybrid(organization, request, set: false));
        organization.Register("Set-HybridConfiguration", request => Hybrid(organization, request, set: true));
        organization.Register("Get-AuthConfig", request =>
        {
            Servers.Begin(organization, request);
            var auth = organization.State.Auth;
            return new JsonArray(new JsonObject { ["Identity"] = "Auth Configuration", ["Name"] = "Auth Configuration", ["DistinguishedName"] = DirectoryNames.Of(organization, "Auth Configuration"), ["OriginatingServer"] = DirectoryNames.Origin(organization, request), ["CurrentCertificateThumbprint"] = auth.Current, ["PreviousCertificateThumbprint"] = auth.Previous, ["NextCertificateThumbprint"] = auth.Next });
        });
        organization.Register("Set-AuthConfig", request => SetAuth(organization, request));
        organization.Register("Get-FederationTrust", request =>
        {
            Servers.Begin(organization, request);
            return new JsonArray(organization.State.Federation
                .Where(trust => request.Text("Identity") is not { Length: > 0 } name || string.Equals(name, trust.Name, StringComparison.OrdinalIgnoreCase))
                .Select(JsonNode? (trust) => new JsonObject { ["Name"] = trust.Name, ["OrgPrivCertificate"] = trust.Certificate, ["OrgPrevPrivCertificate"] = trust.PreviousCertificate, ["OrgNextPrivCertificate"] = trust.NextCertificate }).ToArray());
        });
        organization.Register("Get-EdgeSubscription", request =>
        {
            Servers.Begin(organization, request);
            return new JsonArray(organization.State.EdgeSubscriptions
                .Where(each => request.Text("Identity") is not { Length: > 0 } name || string.Equals(name, each, StringComparison.OrdinalIgnoreCase))
                .Select(JsonNode? (name) => new JsonObject { ["Identity"] = name, ["Name"] = name }).ToArray());
        });
        organization.Register("Get-DomainController", request =>
        {
            Servers.Begin(organization, request);
            return new JsonArray(organization.State.DomainControllers.Select(JsonNode? (name) => new JsonObject
            {
                ["Name"] = name.Split('.')[0],
                ["DnsHostName"] = name,
                ["ADSite"] = organization.State.Servers.FirstOrDefault() is { } first ? $"{organization.State.Domain}/Configuration/Sites/{first.Site}" : null,
            }).ToArray());
        });
    }

    /// <summary>One server, or all where no identity is given (GETNULL).</summary>
    private static List<ServerState> Chosen(Organization organization, Request request)
    {
        Servers.Begin(organization, request);
        var servers = organization.Directory(request).Servers;
        return request.Text("Identity") is { Length: > 0 } name ? [Servers.Known(organization, name, servers)] : servers;
    }

    private static JsonObject Server(Organization organization, Request request, ServerState server) => new()
    {
        ["Identity"] = server.Name,
        ["Name"] = server.Name,
        ["Fqdn"] = server.Fqdn,
        ["ServerRole"] = string.Join(", ", server.Roles),
        ["Edition"] = "Standard",
        ["Domain"] = organization.State.Domain,
        ["Guid"] = DirectoryNames.Guid(server.Name),
        ["DistinguishedName"] = DirectoryNames.OfServer(organization, server),
        ["NetworkAddress"] = new JsonArray($"netbios:{server.Name}", $"ncacn_ip_tcp:{server.Fqdn}"),
        ["IsMailboxServer"] = server.Roles.Contains("Mailbox"),
        ["IsClientAccessServer"] = server.Roles.Contains("Mailbox"),
        ["IsFrontendTransportServer"] = server.Roles.Contains("Mailbox"),
        ["AdminDisplayVersion"] = Builds.Text(server.Exchange),
        ["Site"] = $"{organization.State.Domain}/Configuration/Sites/{server.Site}",
        ["IsEdgeServer"] = server.Roles.Contains("Edge"),
        ["OriginatingServer"] = DirectoryNames.Origin(organization, request),
    };

    private static JsonNode MailboxProtocol(Organization organization, Request request, string protocol, bool set)
    {
        Servers.Begin(organization, request);
        var server = Servers.Known(organization, request.Text("Server") ?? Servers.Own(organization, request));
        var settings = Selection.Protocol(server, protocol);
        if (!set)
        {
            return new JsonArray(new JsonObject { ["Identity"] = $"{server.Name}\\1", ["Server"] = server.Name, ["X509CertificateName"] = settings.X509CertificateName });
        }
        var name = request.Text("X509CertificateName");
        if (name is not null && (name.Contains('*') || !name.Contains('.')))
        {
            throw Table.Refusal("MailboxProtocol.NameNotFqdn", name);
        }
        if (request.Has("X509CertificateName") && !request.Flag("WhatIf"))
        {
            settings.X509CertificateName = name;
            organization.Note($"{protocol.ToLowerInvariant()}.set", server.Name, name);
        }
        return new JsonArray();
    }

    /// <summary>Names the next certificate, or publishes it: then it is the current one, and the current one the previous (SETAUTH).</summary>
    private static JsonNode SetAuth(Organization organization, Request request)
    {
        Servers.Begin(organization, request);
        var auth = organization.State.Auth;
        if ((request.Text("CertificateThumbprint") ?? request.Text("NewCertificateThumbprint")) is { } thumbprint)
        {
            var server = Servers.Target(organization, request);
            var entry = server.Find(thumbprint) ?? throw Table.Refusal("ExchangeCertificate.NotFound", thumbprint, server.Name);
            if (organization.Certificates.Key(entry.Certificate) is System.Security.Cryptography.ECDsa)
            {
                throw Table.Refusal("Set-AuthConfig.EcKey", entry.Certificate);
            }
        }
        if (request.Flag("WhatIf"))
        {
            return new JsonArray();
        }
        if (request.Text("CertificateThumbprint") is { } current)
        {
            auth.Current = current.ToUpperInvariant();
        }
        if (request.Text("NewCertificateThumbprint") is { } next)
        {
            auth.Next = next.ToUpperInvariant();
        }
        if (request.Flag("PublishCertificate") && auth.Next is not null)
        {
            (auth.Previous, auth.Current, auth.Next) = (auth.Current, auth.Next, null);
        }
        if (request.Flag("ClearPreviousCertificate"))
        {
            auth.Previous = null;
        }
        organization.Note("auth.set", null, auth.Current);
        return new JsonArray();
    }

    private static JsonNode Hybrid(Organization organization, Request request, bool set)
    {
        Servers.Begin(organization, request);
        var hybrid = set ? organization.State.Hybrid : organization.Directory(request).Hybrid;
        if (!set)
        {
            return hybrid is null ? new JsonArray() : new JsonArray(new JsonObject
            {
                ["Identity"] = "Hybrid Configuration",
                ["Name"] = "Hybrid Configuration",
                ["EdgeTransportServers"] = new JsonArray(),
                ["OnPremisesSmartHost"] = organization.State.Domain,
                ["Domains"] = new JsonArray(organization.State.Domain),
                ["OriginatingServer"] = DirectoryNames.Origin(organization, request),
                ["TlsCertificateName"] = hybrid.TlsCertificateName,
                ["SendingTransportServers"] = StateJson.Node(hybrid.SendingTransportServers),
                ["ReceivingTransportServers"] = StateJson.Node(hybrid.ReceivingTransportServers),
            });
        }
        if (hybrid is null)
        {
            throw Table.Refusal("HybridConfiguration.NotFound");
        }
        if (request.Has("TlsCertificateName"))
        {
            var name = ConnectorOperations.CheckedName(request.Text("TlsCertificateName"));
            if (!request.Flag("WhatIf"))
            {
                hybrid.TlsCertificateName = name;
                organization.Note("hybrid.set", null, name);
            }
        }
        return new JsonArray();
    }
}
