// Opening and closing remote sessions: what WinRM refuses before a runspace exists.
using System.Text.Json.Nodes;

namespace Lab;

public static class SessionOperations
{
    public static void Register(Organization organization)
    {
        var open = new Dictionary<string, string>();
        var number = 0;
        organization.Register("session.open", request =>
        {
            var server = Find(organization, request);
            var limit = organization.State.Settings.SessionLimit;
            if (limit > 0 && open.Values.Count(name => name == server.Name) >= limit)
            {
                throw Table.Refusal("Session.Limit", server.Name, limit);
            }
            var id = $"session-{++number}";
            open[id] = server.Name;
            return new JsonObject { ["session"] = id, ["server"] = server.Name, ["computerName"] = server.Fqdn, ["open"] = open.Count };
        });
        organization.Register("session.close", request =>
        {
            open.Remove(request.Required("session"));
            return null;
        });
        organization.Register("session.list", _ => new JsonArray(open.Values.Select(JsonNode? (name) => name).ToArray()));
        organization.Register("server.folder", request =>
        {
            var server = Servers.Known(organization, request.Required("server"));
            var drive = organization.Drive(server.Name);
            KeyFiles.Sync(server, drive);
            return new JsonObject { ["path"] = drive };
        });
    }

    private static ServerState Find(Organization organization, Request request)
    {
        var address = request.Text("connectionUri") is { } uri ? Endpoint(uri, request) : request.Required("computerName");
        if (request.Arguments["from"]?["kind"]?.GetValue<string>() is "server" or "exchangeEndpoint")
        {
            throw Table.Refusal("Session.SecondHop", address);
        }
        var server = organization.State.Servers.Find(candidate => candidate.Is(address)) ?? throw Table.Refusal("Session.NameNotFound", address);
        if (server.Roles.Contains("Edge"))
        {
            throw Table.Refusal("Session.NoKerberos", address);
        }
        return server.Down ? throw Table.Refusal("Session.Unreachable", address) : server;
    }

    private static string Endpoint(string text, Request request)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !uri.AbsolutePath.TrimEnd('/').Equals("/PowerShell", StringComparison.OrdinalIgnoreCase))
        {
            throw Table.Refusal("Session.NoEndpoint", text);
        }
        var authentication = request.Text("authentication") ?? "Default";
        if (uri.Scheme == "http" && authentication.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            throw Table.Refusal("Session.BasicOverHttp", uri.Host);
        }
        return uri.Host;
    }
}
