// Windows of a server: services, version, the rights on a key's file.
using System.Text.Json.Nodes;

namespace Lab;

public static class WindowsOperations
{
    private static readonly Dictionary<string, string> displayNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MSExchangePop3"] = "Microsoft Exchange POP3",
        ["MSExchangePop3BE"] = "Microsoft Exchange POP3 Backend",
        ["MSExchangeImap4"] = "Microsoft Exchange IMAP4",
        ["MSExchangeImap4BE"] = "Microsoft Exchange IMAP4 Backend",
        ["MSExchangeTransport"] = "Microsoft Exchange Transport",
        ["MSExchangeFrontEndTransport"] = "Microsoft Exchange Frontend Transport",
        ["W3SVC"] = "World Wide Web Publishing Service",
        ["WinRM"] = "Windows Remote Management (WS-Management)",
    };

    public static void Register(Organization organization)
    {
        organization.Register("service.list", request => new JsonArray(Servers.Local(organization, request).Services.Select(JsonNode? (service) => Service(service.Key, service.Value)).ToArray()));
        organization.Register("service.set", request =>
        {
            var server = Servers.Local(organization, request);
            var wanted = request.Required("name");
            var name = server.Services.Keys.FirstOrDefault(key => string.Equals(key, wanted, StringComparison.OrdinalIgnoreCase)) ?? throw Table.Refusal("Service.NotFound", wanted);
            var action = request.Required("action");
            Change(organization, server, name, action);
            return Service(name, server.Services[name]);
        });
        organization.Register("windows.version", request =>
        {
            var server = Servers.Local(organization, request);
            return new JsonObject { ["Version"] = server.Windows, ["BuildNumber"] = server.Windows.Split('.')[2], ["CSName"] = server.Name, ["Caption"] = Caption(PfxFile.WindowsBuild(server)) };
        });
        organization.Register("server.facts", request =>
        {
            var server = Servers.Known(organization, request.Required("server"));
            return new JsonObject { ["build"] = server.Exchange, ["clockMinutes"] = server.ClockMinutes };
        });
        organization.Register("key.acl", request =>
        {
            var server = Servers.Local(organization, request);
            var container = request.Required("container");
            var entry = server.Store.Find(candidate => string.Equals(candidate.Container, container, StringComparison.OrdinalIgnoreCase) && candidate.HasPrivateKey) ?? throw Table.Refusal("KeyFile.NotFound", container);
            return new JsonObject { ["networkService"] = entry.NetworkService, ["csp"] = entry.IsCsp };
        });
        organization.Register("key.list", request => new JsonArray(Servers.Local(organization, request).Store
            .Where(entry => entry.HasPrivateKey).Select(JsonNode? (entry) => new JsonObject { ["container"] = entry.Container, ["csp"] = entry.IsCsp }).ToArray()));
    }

    /// <summary>Starts, stops or restarts; a service that starts chooses its certificate anew.</summary>
    private static void Change(Organization organization, ServerState server, string name, string action)
    {
        var running = server.Services[name];
        if (action is "stop" or "restart" && running)
        {
            server.Services[name] = false;
            organization.Note("service.stop", server.Name, name);
        }
        if (action is "start" or "restart" && !server.Services[name])
        {
            server.Services[name] = true;
            if (name is "MSExchangePop3" or "MSExchangeImap4")
            {
                Selection.Choose(organization, server, name);
            }
            organization.Note("service.start", server.Name, name);
        }
    }

    private static JsonObject Service(string name, bool running) => new()
    {
        ["Name"] = name,
        ["ServiceName"] = name,
        ["DisplayName"] = displayNames.GetValueOrDefault(name, name),
        ["Status"] = running ? "Running" : "Stopped",
        ["StartType"] = running ? "Automatic" : "Manual",
    };

    private static string Caption(int build) => build switch
    {
        < 14393 => "Microsoft Windows Server 2012 R2 Standard",
        < 17763 => "Microsoft Windows Server 2016 Standard",
        < 20348 => "Microsoft Windows Server 2019 Standard",
        < 26100 => "Microsoft Windows Server 2022 Standard",
        _ => "Microsoft Windows Server 2025 Standard",
    };
}
