// Mail as a count: with each change a message goes each way on each connector, and what would have failed is told with its error.
using System.Text.Json.Nodes;

namespace Lab;

public sealed class MailFlow
{
    private readonly List<JsonObject> failures = [];

    public int Sent { get; private set; }

    public JsonArray Failures => new(failures.Select(JsonNode? (failure) => failure.DeepClone()).ToArray());

    /// <summary>One message out by each source server's connectors, one in at each front end, one between servers; servers that are down hold their mail.</summary>
    public void Watch(Organization organization, string operation)
    {
        foreach (var server in organization.State.Servers.Where(server => !server.Down && !server.Roles.Contains("Edge")))
        {
            foreach (var connector in organization.State.SendConnectors.Where(connector => connector.Enabled && connector.SourceTransportServers.Exists(server.Is)))
            {
                Count(organization, operation, server, connector.Name, "out", QueueOperations.Error(organization, server, connector) ?? Tenant(organization, server, connector));
            }
            foreach (var connector in server.ReceiveConnectors.Where(connector => connector.Enabled && Selection.IsOn(connector, 25)))
            {
                Count(organization, operation, server, connector.Name, "in", Inbound(organization, server, connector));
            }
            if (server.InternalTransport is not null)
            {
                Count(organization, operation, server, "internal transport", "between", server.Find(server.InternalTransport) is { HasPrivateKey: true } ? null : "the internal transport certificate is not usable");
            }
        }
    }

    /// <summary>How many messages of a connector failed on a source server.</summary>
    public int Failed(string server, string connector) =>
        failures.Count(failure => failure["server"]!.GetValue<string>() == server && failure["connector"]!.GetValue<string>() == connector && failure["direction"]!.GetValue<string>() == "out");

    /// <summary>The tenant's inbound connector knows its organization by a name in the certificate (TENANT); what is not of it comes back at once.</summary>
    private static string? Tenant(Organization organization, ServerState server, SendConnectorState connector)
    {
        if (organization.State.Hybrid?.TenantName is not { } name || !connector.CloudServicesMailEnabled)
        {
            return null;
        }
        var sent = Selection.Smtp(organization, server, connector.TlsCertificateName, connector.Fqdn).Thumbprint;
        var known = sent is not null && Selection.HasName(organization, sent, name) && Selection.Chains(organization, server, sent);
        return known ? null
            : connector.AddressSpaces.TrueForAll(space => space.Contains(".onmicrosoft.com", StringComparison.OrdinalIgnoreCase)) ? "550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the message's recipient domain."
            : "550 5.7.64 TenantAttribution; Relay Access Denied SMTP";
    }

    /// <summary>Microsoft 365 insists on TLS where there is a hybrid configuration; others fall back where none is offered, not where it breaks (EHLO-JP).</summary>
    private static string? Inbound(Organization organization, ServerState server, ReceiveConnectorState connector)
    {
        var met = Selection.Receives(organization, server, connector);
        if (!met.Offered)
        {
            if (connector.AuthMechanism.Contains("Tls"))
            {
                organization.Events.AddNoCertificate(organization, server, connector);
            }
            return organization.State.Hybrid is null ? null : "451 5.7.3 STARTTLS is required to send mail";
        }
        if (!met.Works || met.Thumbprint is null)
        {
            return $"450 4.4.317 Cannot connect to remote server: {met.Reason}";
        }
        if (organization.State.Hybrid?.TenantName is { } name && !Selection.HasName(organization, met.Thumbprint, name))
        {
            return "450 4.7.320 Certificate validation failed [Message=SubjectMismatch]";
        }
        return organization.Certificates[met.Thumbprint].NotAfter < DateTime.Now && organization.State.Hybrid is not null ? "450 4.4.317 Cannot connect to remote server: the certificate has expired" : null;
    }

    private void Count(Organization organization, string operation, ServerState server, string connector, string direction, string? error)
    {
        Sent++;
        if (error is not null)
        {
            failures.Add(new JsonObject
            {
                ["change"] = organization.Log.Count,
                ["operation"] = operation,
                ["server"] = server.Name,
                ["connector"] = connector,
                ["direction"] = direction,
                ["error"] = error,
            });
        }
    }
}
