// Counts the moments when a service that had a valid certificate has none: the second invariant of the design is held against this.
using System.Text.Json.Nodes;

namespace Lab;

public sealed class Outages
{
    private readonly List<JsonObject> entries = [];
    private Dictionary<string, string?> last = [];

    public JsonArray Entries => new(entries.Select(JsonNode? (entry) => entry.DeepClone()).ToArray());

    /// <summary>Takes the present state as the one to compare with.</summary>
    public void Begin(Organization organization) => last = Look(organization);

    /// <summary>Compares with the last look; each service newly without a valid certificate is one moment.</summary>
    public void Watch(Organization organization, string operation)
    {
        var now = Look(organization);
        foreach (var (service, problem) in now)
        {
            if (problem is not null && last.GetValueOrDefault(service) is null && last.ContainsKey(service))
            {
                var parts = service.Split('|');
                entries.Add(new JsonObject
                {
                    ["at"] = StateJson.Time(DateTimeOffset.UtcNow),
                    ["change"] = organization.Log.Count,
                    ["operation"] = operation,
                    ["server"] = parts[0],
                    ["service"] = parts[1],
                    ["problem"] = problem,
                });
            }
        }
        last = now;
    }

    /// <summary>Each service of each server that is up, with what is wrong with its certificate, or null.</summary>
    private static Dictionary<string, string?> Look(Organization organization)
    {
        var seen = new Dictionary<string, string?>();
        foreach (var server in organization.State.Servers.Where(server => !server.Down))
        {
            foreach (var binding in server.Bindings)
            {
                var where = binding == Selection.FrontOf(server, binding.Port) ? $"{binding.Port}" : $"{(binding.Host.Length > 0 ? binding.Host : binding.Ip)}:{binding.Port}";
                seen[$"{server.Name}|https {where}"] = Problem(organization, Selection.Https(organization, server, binding));
            }
            foreach (var connector in server.ReceiveConnectors.Where(connector => connector.Enabled && connector.AuthMechanism.Contains("Tls")))
            {
                seen[$"{server.Name}|receive {connector.Name}"] = Problem(organization, Selection.Receives(organization, server, connector));
            }
            foreach (var service in new[] { "MSExchangePop3", "MSExchangeImap4" }.Where(service => server.Services.GetValueOrDefault(service)))
            {
                seen[$"{server.Name}|{service}"] = Problem(organization, Selection.Mailbox(organization, server, service));
            }
            foreach (var connector in organization.State.SendConnectors.Where(connector => connector is { Enabled: true, TlsCertificateName: not null } && connector.SourceTransportServers.Exists(server.Is)))
            {
                seen[$"{server.Name}|send {connector.Name}"] = Problem(organization, Selection.Smtp(organization, server, connector.TlsCertificateName, connector.Fqdn));
            }
            if (server.InternalTransport is not null)
            {
                seen[$"{server.Name}|internal transport"] = server.Find(server.InternalTransport) is null ? "the internal transport certificate is not in the store" : null;
            }
        }
        return seen;
    }

    private static string? Problem(Organization organization, Presentation presentation)
    {
        if (!presentation.Works || presentation.Thumbprint is null)
        {
            return presentation.Reason;
        }
        var certificate = organization.Certificates[presentation.Thumbprint];
        var now = DateTime.Now;
        return certificate.NotAfter < now ? "the certificate has expired" : certificate.NotBefore > now ? "the certificate is not valid yet" : null;
    }
}
