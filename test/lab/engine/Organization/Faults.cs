// What a test or a person breaks on purpose: servers down, calls slow or refused, by server and operation.
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class Faults
{
    private readonly List<Fault> faults = [];
    private readonly List<Request> delayed = [];
    private readonly HashSet<string> denied = new(StringComparer.OrdinalIgnoreCase);
    private CancellationTokenSource cleared = new();
    private readonly Dictionary<string, LabState> lagging = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a caller hears whose terminal is killed inside a cmdlet; its engine ends the run at it.</summary>
    public const string KillId = "LabKill";

    /// <summary>Whether the administrator's own computer has no room left on its disk.</summary>
    public bool IsWorkstationFull { get; set; }

    public bool Denies(ServerState server) => denied.Contains(server.Name);

    public void Deny(ServerState server, bool deny)
    {
        _ = deny ? denied.Add(server.Name) : denied.Remove(server.Name);
    }

    public void Add(JsonObject description)
    {
        lock (faults)
        {
            faults.Add(System.Text.Json.JsonSerializer.Deserialize<Fault>(description, StateJson.Options) ?? new Fault());
        }
    }

    /// <summary>From now on that domain controller tells what Active Directory holds now, whatever is written elsewhere.</summary>
    public void Lag(string domainController, LabState state)
    {
        lock (faults)
        {
            lagging[domainController] = System.Text.Json.JsonSerializer.Deserialize<LabState>(StateJson.Node(state)!, StateJson.Options)!;
        }
    }

    public LabState? Lagging(string? domainController)
    {
        lock (faults)
        {
            return domainController is null ? null : lagging.GetValueOrDefault(domainController);
        }
    }

    /// <summary>Those that wait for a call or a read, and the workstation's full disk.</summary>
    public List<JsonObject> Told()
    {
        lock (faults)
        {
            var full = IsWorkstationFull ? new JsonObject { ["server"] = "WORKSTATION", ["diskFull"] = true } : null;
            return [.. faults.Where(fault => fault.Times is not 0).Select(fault => fault.Told()), .. lagging.Keys.Select(name => new JsonObject { ["lag"] = name }), .. full is null ? Array.Empty<JsonObject>() : [full]];
        }
    }

    public void Clear()
    {
        lock (faults)
        {
            faults.Clear();
            lagging.Clear();
            denied.Clear();
            IsWorkstationFull = false;
            cleared.Cancel();
            cleared = new CancellationTokenSource();
        }
    }

    /// <summary>Throws in the middle of an operation, where a fault says after how many changes.</summary>
    public void Break(Request? request, int changes)
    {
        lock (faults)
        {
            if (request?.Kind is not null && faults.Find(fault => fault.BreakAfter == changes && fault.Matches(request) && fault.Passes()) is { } fault)
            {
                throw fault.Made();
            }
        }
    }

    /// <summary>Waits outside the organization's lock, so that slow servers are slow side by side; ends early when the faults are cleared, and by a refusal when the caller is gone.</summary>
    public void Delay(Request request, CancellationToken gone)
    {
        int wait;
        WaitHandle over;
        lock (faults)
        {
            wait = request.Kind is null ? 0 : faults.FindAll(fault => fault.OnlySlow && fault.Matches(request) && fault.Passes()).Sum(fault => fault.SlowMs);
            over = cleared.Token.WaitHandle;
        }
        if (wait > 0)
        {
            Waiting(request, true);
            WaitHandle.WaitAny([over, gone.WaitHandle], wait);
            Waiting(request, false);
        }
        if (gone.IsCancellationRequested)
        {
            // A killed terminal takes its call with it: what it only waited for never happens.
            throw new LabError("LabClientGone", "the caller went away", ErrorCategory.OperationStopped);
        }
    }

    /// <summary>Answers once a call of that operation (and server) waits at a slow server: then a test knows where a script is.</summary>
    public JsonNode? AwaitDelayed(Request wanted, CancellationToken gone)
    {
        var sought = new Fault { Operation = wanted.Required("operation"), Server = wanted.Text("server") };
        lock (delayed)
        {
            while (!delayed.Exists(sought.Matches) && !gone.IsCancellationRequested)
            {
                Monitor.Wait(delayed, 200);
            }
        }
        return null;
    }

    private void Waiting(Request request, bool begins)
    {
        lock (delayed)
        {
            if (begins)
            {
                delayed.Add(request);
            }
            else
            {
                delayed.Remove(request);
            }
            Monitor.PulseAll(delayed);
        }
    }

    /// <summary>Throws where a fault says so; a session on a server that went down is broken.</summary>
    public void Check(Request request, Organization organization)
    {
        if (organization.Sessions.IsDropped(request.SessionId))
        {
            throw Table.Refusal("Session.Broken", request.SessionServer);
        }
        ThrowIfDown(request, organization);
        Meet(request, organization);
        // a fault may just have taken the server down
        ThrowIfDown(request, organization);
    }

    private static void ThrowIfDown(Request request, Organization organization)
    {
        if (request.Kind is SessionKind.Server or SessionKind.ManagementShell or SessionKind.ExchangeEndpoint
            && organization.State.Servers.Find(server => server.Is(request.SessionServer ?? "")) is { Down: true } down)
        {
            throw Table.Refusal("Session.Broken", down.Name);
        }
    }

    private void Meet(Request request, Organization organization)
    {
        List<Fault> met;
        lock (faults)
        {
            met = request.Kind is null ? [] : faults.Where(fault => fault is { BreakAfter: null } and ({ Error: not null } or { Interject: not null } or { Kill: true }) && fault.Matches(request)).ToList().FindAll(fault => fault.Passes());
        }
        foreach (var fault in met)
        {
            if (fault.Interject is { } other)
            {
                organization.Interject(new Request(other["operation"]!.GetValue<string>(), (JsonObject)(other["arguments"]?.DeepClone() ?? new JsonObject())));
            }
            if (fault.Error is not null || fault.Kill)
            {
                throw fault.Made();
            }
        }
    }
}
