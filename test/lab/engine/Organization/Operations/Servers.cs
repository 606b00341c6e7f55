// How an operation finds the server it means, and what it hears where the server doesn't answer.
namespace Lab;

public static class Servers
{
    /// <summary>The server called <paramref name="name"/> in Active Directory, up or down.</summary>
    public static ServerState Known(Organization organization, string name, List<ServerState>? among = null) =>
        (among ?? organization.State.Servers).Find(server => server.Is(name)) ?? throw Table.Refusal("Exchange.ServerNotFound", name);

    /// <summary>The server an Exchange cmdlet acts on by RPC: -Server, else the session's own, which routing may have changed.</summary>
    public static ServerState Target(Organization organization, Request request, string? name = null)
    {
        var server = Known(organization, name ?? request.Text("Server") ?? Own(organization, request));
        if (server.Down)
        {
            throw Table.Refusal("Exchange.RpcUnavailable", server.Name);
        }
        return organization.Faults.Denies(server) ? throw Table.Refusal("Exchange.AccessDenied", server.Name) : server;
    }

    /// <summary>The session's own server, as cmdlets without -Server understand it (RPS-ROUTE).</summary>
    public static string Own(Organization organization, Request request)
    {
        var own = request.SessionServer ?? throw new ArgumentException($"{request.Operation}: neither a server nor a session's server");
        return request.Kind is SessionKind.ExchangeEndpoint ? organization.State.Settings.Routing.GetValueOrDefault(own, own) : own;
    }

    /// <summary>The server a Windows cmdlet runs on: where the session is, nowhere else.</summary>
    public static ServerState Local(Organization organization, Request request) =>
        Known(organization, request.SessionServer ?? request.Required("server"));

    /// <summary>Whether a computer's disk is full; the workstation's is told by its name.</summary>
    public static bool IsDiskFull(Organization organization, Request request) =>
        organization.State.Servers.Find(server => server.Is(request.SessionServer ?? ""))?.DiskFull ?? organization.Faults.IsWorkstationFull;

    /// <summary>A named domain controller must be one of the organization's.</summary>
    public static void CheckDomainController(Organization organization, Request request)
    {
        if (request.Has("DomainController") && organization.State.Servers.Find(server => server.Is(request.SessionServer ?? "")) is { } own && own.Roles.Contains("Edge"))
        {
            throw Table.Refusal("Exchange.DomainControllerOnEdge", own.Name);
        }
        if (request.Text("DomainController") is { } named && !organization.State.DomainControllers.Exists(known => string.Equals(known, named, StringComparison.OrdinalIgnoreCase)))
        {
            throw Table.Refusal("Exchange.DomainControllerNotFound", named);
        }
    }

    /// <summary>Common beginning of every Exchange cmdlet: the caller's rights and the domain controller.</summary>
    public static void Begin(Organization organization, Request request)
    {
        if (organization.State.Settings.DeniedCmdlets.Contains(request.Operation, StringComparer.OrdinalIgnoreCase))
        {
            throw Table.Refusal("Exchange.CmdletDenied", request.Operation);
        }
        if (request.Kind is SessionKind.ExchangeEndpoint or SessionKind.ManagementShell && organization.State.Servers.Find(server => server.Is(request.SessionServer ?? "")) is { } own && BackEnd.Problem(organization, own) is not null)
        {
            throw Table.Refusal("Exchange.ShellBroken", own.Name);
        }
        Table.CheckSimulated(request);
        CheckDomainController(organization, request);
    }
}
