// What a runspace of the simulation knows of itself; cmdlets find it through the runspace they run in.
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Lab;

/// <summary>Where a runspace stands, whom it asks, and what it opened.</summary>
public sealed class LabContext(SessionKind kind, string? server, IOrganization organization, PSHost host, Kill kill)
{
    private static readonly ConditionalWeakTable<Runspace, LabContext> Known = [];

    public SessionKind Kind { get; } = kind;
    public string? Server { get; } = server;
    public IOrganization Organization { get; } = organization;
    public PSHost Host { get; } = host;
    public Kill Kill { get; } = kill;
    public Variables Environment { get; } = Variables.For(kind, server);
    public SessionTable Sessions { get; } = new();
    public ExecutionPolicies Policies { get; } = new();

    /// <summary>What the organization told of this computer when the runspace opened.</summary>
    public JsonObject Facts { get; set; } = [];

    /// <summary>The folder that is drive C:; null on the workstation.</summary>
    public string? DriveC { get; set; }

    /// <summary>The remote session this is the far side of; null: none.</summary>
    public string? Handle { get; set; }

    /// <summary>Exchange's build on the server this stands on; null where there is none.</summary>
    public string? Build => Server is null ? null : Call("server.facts", new JsonObject { ["server"] = Server })?["build"]?.GetValue<string>();

    /// <summary>How far the computer's clock is ahead.</summary>
    public double ClockMinutes => Server is null || Kind is SessionKind.Workstation ? 0 : Call("server.facts", new JsonObject { ["server"] = Server })?["clockMinutes"]?.GetValue<double>() ?? 0;

    /// <summary>Set by the interactive shell only: where Enter-PSSession leads.</summary>
    public IEntry? Entry { get; set; }

    public static LabContext Current =>
        Runspace.DefaultRunspace is { } runspace && Known.TryGetValue(runspace, out var context)
            ? context
            : throw new InvalidOperationException("this runspace was not opened by the lab");

    public static LabContext? Of(Runspace runspace) => Known.TryGetValue(runspace, out var context) ? context : null;

    public void Attach(Runspace runspace) => Known.Add(runspace, this);

    /// <summary>Asks the organization, saying where the question comes from; nothing has effect once the run was killed.</summary>
    public JsonNode? Call(string operation, JsonObject arguments)
    {
        Kill.ThrowIfKilled();
        // a session's own operations have a session of their own
        arguments[operation.StartsWith("session.", StringComparison.Ordinal) ? "from" : "session"] = new JsonObject { ["kind"] = SessionKinds.Name(Kind), ["server"] = Server, ["id"] = Handle };
        try
        {
            return Organization.Call(operation, arguments);
        }
        catch (LabError killed) when (killed.Id == Faults.KillId)
        {
            Kill.Die();
            throw new PipelineStoppedException();
        }
    }
}

/// <summary>The interactive shell as Enter-PSSession and Exit-PSSession see it.</summary>
public interface IEntry
{
    void Enter(LabSession session);
    void Leave();
}
