// Get-Queue and Get-Message: a send connector whose certificate is not usable on a source server shows 454 4.7.5 there.
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
            ["MessageCount"] = error is null ? 0 : 1,
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
        return chosen.Works ? null
            : chosen.Offered ? $"454 4.7.5 TLS negotiation failed with error {chosen.Reason?.Split(':')[0]}"
            : "454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be found.";
    }
}
