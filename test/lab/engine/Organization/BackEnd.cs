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
        // where serialised data is signed the shell answers, and leaves certificates untold (CSS-1448)
        return organization.State.Settings.SerializedDataSigning ? null : Auth(organization, server);
    }

    /// <summary>What a browser gets of OWA: 500 where the back end is broken, the logon page again and again with a key of CNG (KB3032024).</summary>
    public static (int Status, string? Reason) Owa(Organization organization, ServerState server)
    {
        if (Problem(organization, server) is { } problem)
        {
            return (500, problem);
        }
        var front = server.Find(Selection.FrontOf(server, 443)?.HttpSys);
        return front is { HasPrivateKey: true, IsCsp: false } ? (302, "the key's provider is one of CNG") : (200, null);
    }

    /// <summary>What is wrong with the certificate of OAuth on a server; null: nothing, or there is none.</summary>
    public static string? Auth(Organization organization, ServerState server)
    {
        if (organization.State.Auth.Current is not { } current)
        {
            return null;
        }
        var entry = server.Find(current);
        return entry is null || !entry.HasPrivateKey ? "the certificate of OAuth is not in the store"
            : organization.Certificates[entry.Certificate].NotAfter < Clocks.Now(server) ? "the certificate of OAuth has expired"
            : null;
    }
}
