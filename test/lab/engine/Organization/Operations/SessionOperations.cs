// Opening and closing remote sessions: what WinRM refuses before a runspace exists.
using System.Text.Json.Nodes;

namespace Lab;

public static class SessionOperations
{
    private const string CurrentUser = @"CONTOSO\admin";

    public static void Register(Organization organization)
    {
        var sessions = organization.Sessions;
        organization.Register("session.open", request =>
        {
            var server = Find(organization, request);
            var limit = organization.State.Settings.SessionLimit;
            var exchange = request.Text("kind") == "exchangeEndpoint";
            if (limit > 0 && sessions.On(server.Name) >= limit)
            {
                throw Table.Refusal(exchange ? "Session.ExchangeLimit" : "Session.Limit", server.Name, limit);
            }
            if (exchange && BackEnd.Problem(organization, server) is not null)
            {
                throw Table.Refusal("Session.ShellBroken", server.Fqdn);
            }
            var id = sessions.Open(server.Name, exchange);
            return new JsonObject { ["session"] = id, ["server"] = server.Name, ["computerName"] = server.Fqdn, ["open"] = sessions.Count };
        });
        organization.Register("session.close", request =>
        {
            sessions.Close(request.Required("session"));
            return null;
        });
        organization.Register("session.list", _ => new JsonArray(sessions.Servers.Select(JsonNode? (name) => name).ToArray()));
        // Faults.Check has thrown by now where the session's server is down or the session was dropped.
        organization.Register("session.alive", _ => null);
        organization.Register("session.facts", request => Facts(organization, request));
        organization.Register("disk.get", request => new JsonObject { ["full"] = Servers.IsDiskFull(organization, request) });
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
        if (server.Down)
        {
            throw Table.Refusal("Session.Unreachable", address);
        }
        var authentication = request.Text("authentication") ?? "Default";
        if (server.Roles.Contains("Edge") && authentication is ("Default" or "Kerberos"))
        {
            throw Table.Refusal("Session.NotInDomain", address);
        }
        LogOn(organization, request, server);
        return server;
    }

    /// <summary>What a runspace that opens must know of its computer.</summary>
    private static JsonObject Facts(Organization organization, Request request)
    {
        var settings = organization.State.Settings;
        var workstation = request.Kind is SessionKind.Workstation;
        return new JsonObject
        {
            ["culture"] = organization.Culture(request),
            ["datesAsText"] = settings.DatesAsText,
            ["executionPolicy"] = workstation ? StateJson.Node(settings.ExecutionPolicy) : null,
            ["languageMode"] = workstation ? settings.LanguageMode : null,
            ["lacking"] = request.Kind is SessionKind.ExchangeEndpoint or SessionKind.ManagementShell
                ? new JsonArray(Table.Lacking(settings.RoleGroups).Concat(settings.DeniedCmdlets).Select(JsonNode? (name) => name).ToArray())
                : null,
        };
    }

    /// <summary>Who may log on there, by whose clock.</summary>
    private static void LogOn(Organization organization, Request request, ServerState server)
    {
        var settings = organization.State.Settings;
        var user = request.Text("userName");
        if (settings.Accounts.Count > 0)
        {
            var known = settings.Accounts.FirstOrDefault(account => string.Equals(account.Key, user ?? CurrentUser, StringComparison.OrdinalIgnoreCase));
            if (user is not null && known.Value != request.Text("password"))
            {
                throw Table.Refusal("Session.LogonFailure", server.Fqdn);
            }
            if (known.Key is null)
            {
                throw Table.Refusal("Session.AccessDenied", server.Fqdn);
            }
        }
        if (organization.Faults.Denies(server))
        {
            throw Table.Refusal("Session.AccessDenied", server.Fqdn);
        }
        if (settings.KerberosSkewMinutes > 0 && Math.Abs(server.ClockMinutes) > settings.KerberosSkewMinutes)
        {
            throw Table.Refusal("Session.ClockSkew", server.Fqdn);
        }
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
