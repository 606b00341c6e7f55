// IIS and HTTP.sys: bindings, Require SSL, application pools; two answers that may differ (TERENCE).
using System.Text.Json.Nodes;

namespace Lab;

public static partial class IisOperations
{
    [System.Text.RegularExpressions.GeneratedRegex(@"^(.*):(\d+):([^:]*)$")]
    private static partial System.Text.RegularExpressions.Regex BindingShape();

    /// <summary>The number IIS gave a site: setup's two come first.</summary>
    public static int SiteNumber(ServerState server, string site) =>
        server.Bindings.Select(binding => binding.Site).Distinct().ToList().IndexOf(site) + 1;

    private static string[] HttpTexts(ServerState server, string site) =>
        SiteNumber(server, site) == 1 ? ["*:80:", "127.0.0.1:80:"] : site == "Exchange Back End" ? ["*:81:"] : [];

    private static bool SameAddress(BindingState binding, string ip) =>
        binding.IsOfAllAddresses ? ip is "" or "*" or "0.0.0.0" : binding.Ip.Trim('[', ']') == ip.Trim('[', ']');

    public static void Register(Organization organization)
    {
        organization.Register("iis.sslBindings", request =>
        {
            var server = Servers.Local(organization, request);
            return new JsonArray(server.Bindings.Where(binding => binding.HttpSys is not null).Select(JsonNode? (binding) => new JsonObject
            {
                ["IPAddress"] = binding.Host.Length > 0 ? "" : binding.IsOfAllAddresses ? "0.0.0.0" : binding.Ip.Trim('[', ']'),
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
            var https = server.Bindings.Select(binding => (binding.Site, Protocol: "https", binding.Port, Text: $"{binding.Ip}:{binding.Port}:{binding.Host}", Hash: binding.Iis, Flags: binding.Host.Length > 0 ? 1 : 0));
            var http = server.Bindings.Select(binding => binding.Site).Distinct().SelectMany(site => HttpTexts(server, site).Select(text => (Site: site, Protocol: "http", Port: int.Parse(text.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), Text: text, Hash: (string?)null, Flags: 0)));
            return new JsonArray(http.Concat(https)
                .Where(binding => (name is null || string.Equals(binding.Site, name, StringComparison.OrdinalIgnoreCase))
                    && (protocol is null || string.Equals(binding.Protocol, protocol, StringComparison.OrdinalIgnoreCase))
                    && (port == 0 || binding.Port == port))
                .Select(JsonNode? (binding) => new JsonObject
                {
                    ["protocol"] = binding.Protocol,
                    ["bindingInformation"] = binding.Text,
                    ["sslFlags"] = binding.Flags,
                    ["certificateHash"] = binding.Hash ?? "",
                    ["certificateStoreName"] = binding.Hash is null ? "" : "MY",
                    ["ItemXPath"] = $"/system.applicationHost/sites/site[@name='{binding.Site}' and @id='{SiteNumber(server, binding.Site)}']",
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
            var parts = BindingShape().Match(request.Required("binding")).Groups.Values.Skip(1).Select(part => part.Value).ToArray();
            var port = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            var entry = server.Find(request.Text("thumbprint")) ?? throw Table.Refusal("Store.NotFound", request.Text("thumbprint"));
            var binding = server.Bindings.Find(candidate => candidate.Port == port && (parts[2].Length > 0 || SameAddress(candidate, parts[0])) && string.Equals(candidate.Host, parts[2], StringComparison.OrdinalIgnoreCase)) ?? throw Table.Refusal("Iis.SiteNotFound", request.Text("binding"));
            (binding.Iis, binding.HttpSys) = (entry.Certificate, entry.Certificate);
            organization.Note("binding.set", server.Name, $"{(binding.Host.Length > 0 ? binding.Host : binding.Ip)}:{port} {entry.Certificate}");
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
