// Get- and Set- of send and receive connectors: objects of Active Directory, readable and writable while their server is down.
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lab;

public static partial class ConnectorOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("Get-SendConnector", request =>
        {
            Servers.Begin(organization, request);
            var identity = request.Text("Identity");
            // A missing or empty identity returns everything (GETNULL).
            var connectors = organization.Directory(request).SendConnectors;
            var found = string.IsNullOrEmpty(identity) ? connectors : [FindSend(organization, connectors, identity)];
            return new JsonArray(found.Select(JsonNode? (connector) => Send(organization, request, connector)).ToArray());
        });
        organization.Register("Set-SendConnector", request => SetSend(organization, request));
        organization.Register("Get-ReceiveConnector", request =>
        {
            Servers.Begin(organization, request);
            var identity = request.Text("Identity");
            var servers = organization.Directory(request).Servers;
            servers = string.IsNullOrEmpty(request.Text("Server")) ? servers : [Servers.Known(organization, request.Required("Server"), servers)];
            var all = servers.SelectMany(server => server.ReceiveConnectors.Select(connector => (server, connector)));
            var found = string.IsNullOrEmpty(identity) ? all : [FindReceive(organization, servers, request, identity)];
            return new JsonArray(found.Select(JsonNode? (pair) => Receive(organization, request, pair.server, pair.connector)).ToArray());
        });
        organization.Register("Set-ReceiveConnector", request => SetReceive(organization, request));
    }

    /// <summary>A TlsCertificateName that Exchange takes, or a refusal; null and "" clear (RPCERR, KB2989382).</summary>
    public static string? CheckedName(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        if (!NameShape().IsMatch(text))
        {
            throw Table.Refusal("Connector.TlsCertificateNameFormat", text);
        }
        return text.Length > 256 ? throw Table.Refusal("Connector.TlsCertificateNameLength", text.Length) : text;
    }

    private static SendConnectorState FindSend(Organization organization, List<SendConnectorState> connectors, string identity) =>
        connectors.Find(connector => Same(connector.Name, identity) || Same(connector.Guid.ToString(), identity))
        ?? throw Table.Refusal("Connector.NotFound", identity, organization.State.DomainControllers[0]);

    private static (ServerState server, ReceiveConnectorState connector) FindReceive(Organization organization, List<ServerState> servers, Request request, string identity)
    {
        var parts = identity.Split('\\', 2);
        foreach (var server in servers)
        {
            if (parts.Length == 2 ? !server.Is(parts[0]) : request.SessionServer is not null && !server.Is(Servers.Own(organization, request)) && !Guid.TryParse(identity, out _))
            {
                continue;
            }
            if (server.ReceiveConnectors.Find(candidate => Same(candidate.Name, parts[^1]) || Same(candidate.Guid.ToString(), identity)) is { } connector)
            {
                return (server, connector);
            }
        }
        throw Table.Refusal("Connector.NotFound", identity, organization.State.DomainControllers[0]);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The identity of a change: never empty, never a wildcard.</summary>
    private static string Identity(Request request)
    {
        var identity = request.Text("Identity");
        if (string.IsNullOrEmpty(identity))
        {
            throw Table.Refusal("Connector.IdentityEmpty");
        }
        return identity.AsSpan().ContainsAny('*', '?') ? throw Table.Refusal("Connector.IdentityWildcard", identity) : identity;
    }

    private static JsonNode SetSend(Organization organization, Request request)
    {
        Servers.Begin(organization, request);
        var connector = FindSend(organization, organization.State.SendConnectors, Identity(request));
        var name = request.Has("TlsCertificateName") ? CheckedName(request.Text("TlsCertificateName")) : connector.TlsCertificateName;
        var requireTls = request.Has("RequireTLS") ? request.Flag("RequireTLS") : connector.RequireTls;
        var authLevel = request.Has("TlsAuthLevel") ? request.Text("TlsAuthLevel") : connector.TlsAuthLevel;
        if ((request.Has("RequireTLS") || request.Has("TlsAuthLevel")) && !requireTls && authLevel is not null)
        {
            throw Table.Refusal("Set-SendConnector.RequireTlsWithAuthLevel");
        }
        var sources = request.Has("SourceTransportServers") ? Sources(organization, request, connector) : connector.SourceTransportServers;
        if (request.Flag("WhatIf"))
        {
            return new JsonArray();
        }
        connector.TlsCertificateName = name;
        connector.RequireTls = requireTls;
        connector.TlsAuthLevel = authLevel;
        connector.Enabled = request.Has("Enabled") ? request.Flag("Enabled") : connector.Enabled;
        connector.Fqdn = request.Has("Fqdn") ? request.Text("Fqdn") : connector.Fqdn;
        connector.SourceTransportServers = sources;
        organization.Note("sendConnector.set", null, $"{connector.Name} {name}");
        return new JsonArray();
    }

    private static JsonNode SetReceive(Organization organization, Request request)
    {
        Servers.Begin(organization, request);
        var (server, connector) = FindReceive(organization, organization.State.Servers, request, Identity(request));
        var name = request.Has("TlsCertificateName") ? CheckedName(request.Text("TlsCertificateName")) : connector.TlsCertificateName;
        var requireTls = request.Has("RequireTLS") ? request.Flag("RequireTLS") : connector.RequireTls;
        var mechanisms = request.Has("AuthMechanism") ? Mechanisms(request) : connector.AuthMechanism;
        if ((request.Has("RequireTLS") || request.Has("AuthMechanism")) && requireTls && !mechanisms.Contains("Tls"))
        {
            throw Table.Refusal("Set-ReceiveConnector.RequireTlsWithoutTls");
        }
        if (request.Flag("WhatIf"))
        {
            return new JsonArray();
        }
        connector.TlsCertificateName = name;
        connector.AuthMechanism = mechanisms;
        connector.Enabled = request.Has("Enabled") ? request.Flag("Enabled") : connector.Enabled;
        connector.Fqdn = request.Has("Fqdn") ? request.Text("Fqdn") : connector.Fqdn;
        connector.RequireTls = requireTls;
        organization.Note("receiveConnector.set", server.Name, $"{connector.Name} {name}");
        return new JsonArray();
    }

    /// <summary>Names that overwrite, or @{Add; Remove} laid over what is there; each must be a server of the organization (SEND).</summary>
    private static List<string> Sources(Organization organization, Request request, SendConnectorState connector)
    {
        if (request.Arguments["SourceTransportServers"] is not JsonObject change)
        {
            return request.List("SourceTransportServers").ConvertAll(name => Source(organization, name));
        }
        var part = new Request(request.Operation, (JsonObject)change.DeepClone());
        var removed = part.List("Remove");
        var sources = connector.SourceTransportServers.FindAll(name => !removed.Contains(name, StringComparer.OrdinalIgnoreCase));
        sources.AddRange(part.List("Add").ConvertAll(name => Source(organization, name)).Except(sources, StringComparer.OrdinalIgnoreCase));
        return sources;
    }

    /// <summary>A server, or an Edge server by its subscription (EDGE).</summary>
    private static string Source(Organization organization, string name) =>
        organization.State.EdgeSubscriptions.Find(each => Same(each, name)) ?? Servers.Known(organization, name).Name;

    /// <summary>AuthMechanism's values, which depend on each other (RECV).</summary>
    private static List<string> Mechanisms(Request request)
    {
        var chosen = request.List("AuthMechanism").SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        var fits = (!chosen.Contains("None") || chosen.Count == 1)
            && (!chosen.Contains("BasicAuthRequireTLS") || (chosen.Contains("BasicAuth") && chosen.Contains("Tls")))
            && (!chosen.Contains("ExternalAuthoritative") || chosen.TrueForAll(name => name is "ExternalAuthoritative" or "Tls"));
        return fits ? chosen : throw Table.Refusal("Set-ReceiveConnector.AuthMechanism", string.Join(", ", chosen));
    }

    private static JsonObject Send(Organization organization, Request request, SendConnectorState connector)
    {
        var result = (JsonObject)StateJson.Node(connector)!;
        return new JsonObject
        {
            ["Identity"] = connector.Name,
            ["Name"] = connector.Name,
            ["Guid"] = connector.Guid.ToString(),
            ["Enabled"] = connector.Enabled,
            ["AddressSpaces"] = result["addressSpaces"]!.DeepClone(),
            ["SourceTransportServers"] = result["sourceTransportServers"]!.DeepClone(),
            ["TlsCertificateName"] = connector.TlsCertificateName,
            ["RequireTLS"] = connector.RequireTls,
            ["TlsAuthLevel"] = connector.TlsAuthLevel,
            ["SmartHosts"] = result["smartHosts"]!.DeepClone(),
            ["SmartHostsString"] = string.Join(",", connector.SmartHosts),
            ["DomainSecureEnabled"] = connector.DomainSecureEnabled,
            ["HomeMtaServerId"] = connector.SourceTransportServers.FirstOrDefault(),
            ["DistinguishedName"] = DirectoryNames.Of(organization, connector.Name, "Connections", "Exchange Routing Group (DWBGZMFD01QNBJR)", "Routing Groups", DirectoryNames.Group, "Administrative Groups"),
            ["OriginatingServer"] = DirectoryNames.Origin(organization, request),
            ["TlsDomain"] = connector.TlsDomain,
            ["Fqdn"] = connector.Fqdn,
            ["CloudServicesMailEnabled"] = connector.CloudServicesMailEnabled,
        };
    }

    private static JsonObject Receive(Organization organization, Request request, ServerState server, ReceiveConnectorState connector) => new()
    {
        ["Identity"] = $"{server.Name}\\{connector.Name}",
        ["Name"] = connector.Name,
        ["Server"] = server.Name,
        ["Guid"] = connector.Guid.ToString(),
        ["Enabled"] = connector.Enabled,
        ["TransportRole"] = connector.Role,
        ["Bindings"] = new JsonArray(connector.Bindings.Select(JsonNode? (binding) => binding).ToArray()),
        ["AuthMechanism"] = string.Join(", ", connector.AuthMechanism),
        ["Fqdn"] = connector.Fqdn,
        ["TlsCertificateName"] = connector.TlsCertificateName,
        ["RequireTLS"] = connector.RequireTls,
        ["DomainSecureEnabled"] = connector.DomainSecureEnabled,
        ["PermissionGroups"] = string.Join(", ", connector.PermissionGroups),
        ["RemoteIPRanges"] = StateJson.Node(connector.RemoteIpRanges),
        ["TlsDomainCapabilities"] = StateJson.Node(connector.TlsDomainCapabilities),
        ["DistinguishedName"] = $"CN={DirectoryNames.Escaped(connector.Name)},CN=SMTP Receive Connectors,CN=Protocols,{DirectoryNames.OfServer(organization, server)}",
        ["OriginatingServer"] = DirectoryNames.Origin(organization, request),
    };

    [GeneratedRegex("^<I>.*<S>.*$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex NameShape();
}
