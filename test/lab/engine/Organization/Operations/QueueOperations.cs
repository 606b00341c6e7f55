// Get-Queue and Get-Message: what the queue of a send connector says on a source server that can't use its certificate.
using System.Text.Json.Nodes;

namespace Lab;

public static class QueueOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("Get-Queue", request => new JsonArray(Queues(organization, request)
            .Where(queue => request.Text("Identity") is not { Length: > 0 } name || queue["Identity"]!.GetValue<string>() == name)
            .Select(JsonNode? (queue) => queue).ToArray()));
        organization.Register("Get-Message", request => new JsonArray(Queues(organization, request)
            .Where(queue => queue["MessageCount"]!.GetValue<int>() > 0)
            .Where(queue => request.Text("Queue") is not { Length: > 0 } name || queue["Identity"]!.GetValue<string>() == name)
            .Select(JsonNode? (queue) => new JsonObject
            {
                ["Identity"] = $"{queue["Identity"]}\\1",
                ["FromAddress"] = $"someone@{organization.State.Domain}",
                ["Status"] = "Retry",
                ["Queue"] = queue["Identity"]!.GetValue<string>(),
            }).ToArray()));
    }

    /// <summary>A queue for each connector the server sends by.</summary>
    private static IEnumerable<JsonObject> Queues(Organization organization, Request request)
    {
        Servers.Begin(organization, request);
        var server = Servers.Target(organization, request, (request.Text("Identity") ?? request.Text("Queue"))?.Split('\\')[0]);
        return organization.State.SendConnectors
            .Where(connector => connector.Enabled && connector.SourceTransportServers.Exists(server.Is))
            .Select((connector, index) => Queue(organization, server, connector, index + 3));
    }

    private static JsonObject Queue(Organization organization, ServerState server, SendConnectorState connector, int number)
    {
        var error = Error(organization, server, connector);
        return new JsonObject
        {
            ["Identity"] = $"{server.Name}\\{number}",
            ["DeliveryType"] = "DnsConnectorDelivery",
            ["Status"] = error is null ? "Ready" : "Retry",
            ["MessageCount"] = error is null ? 0 : Math.Max(1, organization.Mail.Failed(server.Name, connector.Name)),
            ["NextHopDomain"] = connector.AddressSpaces.FirstOrDefault()?.Split(':')[^1].Split(';')[0] ?? "",
            ["NextHopConnector"] = connector.Guid.ToString(),
            ["LastError"] = error ?? "",
        };
    }

    /// <summary>What the queue of a connector says on a source server (EHLO-JP, OLLI, KB4051498, KB4495258).</summary>
    public static string? Error(Organization organization, ServerState server, SendConnectorState connector)
    {
        if (connector.TlsCertificateName is null)
        {
            return null;
        }
        var chosen = Selection.Smtp(organization, server, connector.TlsCertificateName, connector.Fqdn);
        // the reason of a handshake that fails stands in the connector's protocol log, and not in the queue
        return chosen.Works ? null
            : !chosen.Offered ? "454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be found."
            : chosen.Reason?.StartsWith("NoCredentials", StringComparison.Ordinal) is true ? NoConnection("421 4.2.1 Unable to connect.")
            : NoConnection("421 4.4.1 Connection timed out.");
    }

    /// <summary>As documented for NoCredentials (SUPERTEK) and UnknownCredentials (KB4051498).</summary>
    private static string NoConnection(string answer) =>
        $"451 4.4.0 Primary target IP address responded with: \"{answer}\" Attempted failover to alternate host, but that did not succeed. Either there are no alternate hosts, or delivery failed to all alternate hosts.";
}
