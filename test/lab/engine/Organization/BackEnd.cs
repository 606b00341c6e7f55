// What stands behind 443: OWA and the management shell answer only while 444 has its certificate and OAuth's is there (KB2779694, AUTHCHK).
namespace Lab;

public static class BackEnd
{
    /// <summary>Why OWA and the shell of a server fail; null: they don't.</summary>
    public static string? Problem(Organization organization, ServerState server)
    {
        if (server.Roles.Contains("Edge") || server.Bindings.Count == 0)
        {
            return null;
        }
        var back = Selection.Https(organization, server, 444);
        if (!back.Works)
        {
            return $"444: {back.Reason}";
        }
        return organization.State.Auth.Current is { } current ? Auth(organization, server, current) : null;
    }

    /// <summary>What a browser gets of OWA: 500 where the back end is broken, the logon page again and again with a key of CNG (KB3032024).</summary>
    public static (int Status, string? Reason) Owa(Organization organization, ServerState server)
    {
        if (Problem(organization, server) is { } problem)
        {
            return (500, problem);
        }
        var front = server.Find(server.Bindings.Find(binding => binding.Port == 443)?.HttpSys);
        return front is { HasPrivateKey: true, IsCsp: false } ? (302, "the key's provider is one of CNG") : (200, null);
    }

    private static string? Auth(Organization organization, ServerState server, string current)
    {
        var entry = server.Find(current);
        return entry is null || !entry.HasPrivateKey ? "the certificate of OAuth is not in the store"
            : organization.Certificates[entry.Certificate].NotAfter < Clocks.Now(server) ? "the certificate of OAuth has expired"
            : null;
    }
}
