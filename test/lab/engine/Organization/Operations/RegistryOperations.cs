// The one value of a server's registry that the lab knows: whether Exchange takes elliptic curve keys (CSS-ECC).
using System.Text.Json.Nodes;

namespace Lab;

public static class RegistryOperations
{
    public const string Key = @"SOFTWARE\Microsoft\ExchangeServer\v15\Diagnostics";
    private const string Value = "EnableEccCertificateSupport";

    /// <summary>The security updates of November 2024, from which on the value is honoured; the builds are general knowledge.</summary>
    private const string Honoured = "15.1.2507.43, 15.2.1258.38, 15.2.1544.13";

    public static void Register(Organization organization)
    {
        organization.Register("registry.get", request => Servers.Local(organization, request).EccSupport is { } set ? new JsonObject { [Value] = set } : []);
        organization.Register("registry.set", request =>
        {
            var (server, name) = (Servers.Local(organization, request), request.Required("name"));
            if (!string.Equals(name, Value, StringComparison.OrdinalIgnoreCase))
            {
                throw Table.Refusal("Registry.ValueNotSimulated", name);
            }
            server.EccSupport = request.Text("value");
            organization.Note("registry.set", server.Name, $"{Value} {server.EccSupport}");
            return null;
        });
    }

    /// <summary>Only the string 1 turns it on, and only where the build looks at it.</summary>
    public static bool TakesEllipticCurves(ServerState server) => server.EccSupport == "1" && Builds.HasUpdate(server.Exchange, Honoured);
}
