// IIS and HTTP.sys: bindings, Require SSL, application pools; two answers that may differ (TERENCE).
using System.Text.Json.Nodes;

namespace Lab;

public static class IisOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("iis.sslBindings", request =>
        {
            var server = Servers.Local(organization, request);
            return new JsonArray(server.Bindings.Where(binding => binding.HttpSys is not null).Select(JsonNode? (binding) => new JsonObject
            {
                ["IPAddress"] = binding.Host.Length > 0 ? "" : binding.Ip == "*" ? "0.0.0.0" : binding.Ip,
                ["Port"] = binding.Port,
                ["Host"] = binding.Host,
                ["Store"] = "MY",
                ["Thumbprint"] = binding.HttpSys,
                ["Sites"] = binding.Site,
            }).ToArray());
        });
        organization.Register("Get-WebBinding", request =>
        {
            var server = Servers.Local(organization, request);
            var (name, protocol, port) = (request.Text("Name"), request.Text("Protocol"), request.Number("Port", 0));
            var https = server.Bindings.Select(binding => (binding.Site, Protocol: "https", binding.Port, Text: $"{binding.Ip}:{binding.Port}:{binding.Host}", Hash: binding.Iis));
            var http = server.Bindings.Where(binding => binding.Port == 443).Select(binding => (binding.Site, Protocol: "http", Port: 80, Text: "*:80:", Hash: (string?)null));
            return new JsonArray(http.Concat(https)
                .Where(binding => (name is null || string.Equals(binding.Site, name, StringComparison.OrdinalIgnoreCase))
                    && (protocol is null || string.Equals(binding.Protocol, protocol, StringComparison.OrdinalIgnoreCase))
                    && (port == 0 || binding.Port == port))
                .Select(JsonNode? (binding) => new JsonObject
                {
                    ["protocol"] = binding.Protocol,
                    ["bindingInformation"] = binding.Text,
                    ["sslFlags"] = 0,
                    ["certificateHash"] = binding.Hash ?? "",
                    ["certificateStoreName"] = binding.Hash is null ? "" : "MY",
                    ["ItemXPath"] = $"/system.applicationHost/sites/site[@name='{binding.Site}']",
                }).ToArray());
        });
        organization.Register("iis.sslFlags", request =>
        {
            var server = Servers.Local(organization, request);
            var binding = server.Bindings.Find(candidate => string.Equals(candidate.Site, request.Required("site"), StringComparison.OrdinalIgnoreCase));
            return binding is null ? throw Table.Refusal("Iis.SiteNotFound", request.Text("site")) : new JsonObject { ["sslFlags"] = binding.RequireSsl ? "Ssl,Ssl128" : "" };
        });
        organization.Register("iis.bind", request =>
        {
            var server = Servers.Local(organization, request);
            var parts = request.Required("binding").Split(':');
            var port = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            var ip = parts[0] is "" or "0.0.0.0" ? "*" : parts[0];
            var entry = server.Find(request.Text("thumbprint")) ?? throw Table.Refusal("Store.NotFound", request.Text("thumbprint"));
            var binding = server.Bindings.Find(candidate => candidate.Port == port && (parts[2].Length > 0 || candidate.Ip == ip) && string.Equals(candidate.Host, parts[2], StringComparison.OrdinalIgnoreCase)) ?? throw Table.Refusal("Iis.SiteNotFound", request.Text("binding"));
            (binding.Iis, binding.HttpSys) = (entry.Certificate, entry.Certificate);
            organization.Note("binding.set", server.Name, $"{port} {entry.Certificate}");
            return null;
        });
        organization.Register("iis.recycle", request =>
        {
            organization.Note("appPool.recycle", Servers.Local(organization, request).Name, request.Required("pool"));
            return null;
        });
        organization.Register("iis.reset", request =>
        {
            organization.Note("iis.reset", Servers.Local(organization, request).Name);
            return null;
        });
    }
}
