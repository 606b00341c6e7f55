// One remote session: a runspace on the far side, and what New-PSSession shows of it.
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class LabSession(int id, string? name, string computerName, Runspace runspace, LabContext far, string handle) : IDisposable
{
    public int Id { get; } = id;
    public string Name { get; } = name ?? $"WinRM{id}";
    public Guid InstanceId { get; } = Guid.NewGuid();
    public string ComputerName { get; } = computerName;
    public string ComputerType => "RemoteMachine";
    public string Transport => "WSMan";
    public string ConfigurationName => Far.Kind == SessionKind.ExchangeEndpoint ? "Microsoft.Exchange" : "Microsoft.PowerShell";
    public string State { get; private set; } = "Opened";
    public string Availability => State == "Opened" ? Runspace.RunspaceAvailability.ToString() : "None";
    internal Runspace Runspace { get; } = runspace;
    internal LabContext Far { get; } = far;

    private static readonly MethodInfo StateGetter = typeof(LabSession).GetMethod(nameof(GetState))!;

    public static string GetState(PSObject session) => session.BaseObject is LabSession { State: { } state } ? state : "";

    /// <summary>The session as 5.1's own views and type tests know it.</summary>
    internal PSObject Shown
    {
        get
        {
            var shown = new PSObject(this);
            shown.TypeNames.Insert(0, "System.Management.Automation.Runspaces.PSSession");
            // the type's own State asks a runspace that we don't show
            shown.Properties.Add(new PSCodeProperty("State", StateGetter), preValidated: true);
            return shown;
        }
    }

    /// <summary>The far side does not answer any more; only removing it is left.</summary>
    internal void Break() => State = "Broken";

    public void Dispose()
    {
        if (State == "Closed")
        {
            return;
        }
        State = "Closed";
        Runspace.Dispose();
        try
        {
            Far.Organization.Call("session.close", new JsonObject { ["session"] = handle });
        }
        catch (LabError)
        {
            // a server that went down has closed it already
        }
    }

    public override string ToString() => $"[PSSession]{Name}";
}

/// <summary>The remote sessions one runspace has opened.</summary>
public sealed class SessionTable : IDisposable
{
    private readonly List<LabSession> sessions = [];
    private int last;

    public int Next() => ++last;

    public IReadOnlyList<LabSession> All => sessions;

    public void Add(LabSession session) => sessions.Add(session);

    public void Remove(LabSession session)
    {
        sessions.Remove(session);
        session.Dispose();
    }

    public void Dispose()
    {
        foreach (var session in sessions.ToArray())
        {
            Remove(session);
        }
    }
}
