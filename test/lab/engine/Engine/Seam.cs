// The seam between the engine (runspaces, remoting, shell) and the organization (state, rules, listeners): the types both sides share.
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace Lab;

/// <summary>The simulated organization, in this process or behind the lab process's socket.</summary>
public interface IOrganization
{
    /// <summary>Does one operation; thread-safe; throws <see cref="LabError"/> for a refusal of the simulated system.</summary>
    JsonNode? Call(string operation, JsonObject arguments);
}

/// <summary>A host that takes the culture of the computer it stands on.</summary>
public interface ICultured
{
    CultureInfo Culture { get; set; }
}

/// <summary>A refusal of the simulated system; at a cmdlet it becomes a terminating ErrorRecord with this id and category.</summary>
public sealed class LabError(string id, string message, ErrorCategory category = ErrorCategory.NotSpecified) : Exception(message)
{
    public string Id { get; } = id;
    public ErrorCategory Category { get; } = category;
}

/// <summary>Where a runspace stands; decides what is found in it.</summary>
public enum SessionKind
{
    /// <summary>The administrator's own computer: base cmdlets and remoting only.</summary>
    Workstation,

    /// <summary>The Exchange Management Shell on a server: Exchange and server cmdlets, full language, Services and Status told.</summary>
    ManagementShell,

    /// <summary>A WinRM session on a server: server cmdlets, full language.</summary>
    Server,

    /// <summary>The bare Microsoft.Exchange endpoint: Exchange cmdlets, no language, Services and Status blank.</summary>
    ExchangeEndpoint,
}

/// <summary>Makes names for the JSON side: kinds are spelled "workstation", "managementShell", "server", "exchangeEndpoint".</summary>
public static class SessionKinds
{
    public static string Name(SessionKind kind) => kind switch
    {
        SessionKind.Workstation => "workstation",
        SessionKind.ManagementShell => "managementShell",
        SessionKind.Server => "server",
        _ => "exchangeEndpoint",
    };

    public static SessionKind Parse(string name) => name switch
    {
        "workstation" => SessionKind.Workstation,
        "managementShell" => SessionKind.ManagementShell,
        "server" => SessionKind.Server,
        "exchangeEndpoint" => SessionKind.ExchangeEndpoint,
        _ => throw new ArgumentException($"no such session kind: {name}"),
    };
}

// What the engine expects of the organization's side (Organization/**):
//   public sealed class Organization : IOrganization { public Organization(JsonObject state) }    one made by organization.new; IDisposable if it holds listeners or folders
//   public static class OrganizationSession { public static void Prepare(InitialSessionState state, SessionKind kind, string? server, IOrganization organization) }
//   public static class LabProcess { public static int Serve(string[] arguments) }                `lab serve --data DIR [--loopback 127.0.0]`
// and of IOrganization, besides what the modules call through Invoke-Lab:
//   session.open  { "kind": "server"|"exchangeEndpoint", "computerName" or "connectionUri", "authentication"?, "from": {kind, server} } -> { "session": id, "server": "SERVER1", "computerName": as PSComputerName shows it }
//   session.close { "session": id }
//   server.folder { "server": "SERVER1" } -> { "path": "/folder/that/is/C:" }
// Every call made inside a runspace carries "session": { "kind", "server" } added by the engine to the arguments (session.open has it as "from").
