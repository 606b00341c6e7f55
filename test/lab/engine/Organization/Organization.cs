// The simulated organization: one state behind one lock, changed only by operations, each change logged and its outages counted.
using System.Text.Json.Nodes;

namespace Lab;

public delegate JsonNode? Operation(Request request);

public sealed class Organization : IOrganization, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Operation> operations = new(StringComparer.OrdinalIgnoreCase);
    private readonly JsonObject initial;
    private string? folder;
    private bool isOwnFolder;
    private Request? current;
    private int changes;

    /// <summary>Makes an organization from the JSON of a state; certificates are made from the key pool.</summary>
    public Organization(JsonObject state) : this(state, null) { }

    /// <summary>As above; each server's drive C: lies in <paramref name="dataFolder"/>/servers, else in a temporary folder.</summary>
    public Organization(JsonObject state, string? dataFolder)
    {
        initial = (JsonObject)state.DeepClone();
        folder = dataFolder;
        State = new LabState();
        Load(state);
        SessionOperations.Register(this);
        CertificateOperations.Register(this);
        EnableOperation.Register(this);
        RemoveOperation.Register(this);
        ConnectorOperations.Register(this);
        OrganizationOperations.Register(this);
        QueueOperations.Register(this);
        StoreOperations.Register(this);
        PfxOperations.Register(this);
        IisOperations.Register(this);
        WindowsOperations.Register(this);
        RegistryOperations.Register(this);
        EventOperations.Register(this);
        TestOperations.Register(this);
        FaultOperations.Register(this);
    }

    public LabState State { get; private set; }
    public CertificateRegistry Certificates { get; private set; } = new();
    public ChangeLog Log { get; private set; } = new();
    public Outages Outages { get; private set; } = new();
    public MailFlow Mail { get; private set; } = new();
    public EventLog Events { get; private set; } = new();
    public Faults Faults { get; private set; } = new();
    public Sessions Sessions { get; } = new();

    /// <summary>Called under the lock after an operation changed something.</summary>
    public event Action? Changed;

    /// <summary>Calls simulated cmdlets and test operations alike; thread-safe.</summary>
    public JsonNode? Call(string operation, JsonObject arguments) => Call(operation, arguments, CancellationToken.None);

    /// <summary>As above, for a caller that may vanish while a slow server makes it wait.</summary>
    public JsonNode? Call(string operation, JsonObject arguments, CancellationToken gone)
    {
        if (operation == "fault.wait")
        {
            return Faults.AwaitDelayed(new Request(operation, arguments), gone);
        }
        if (!operations.TryGetValue(operation, out var act))
        {
            throw new ArgumentException($"no such operation: {operation}");
        }
        var request = new Request(operation, arguments);
        Faults.Delay(request, gone);
        lock (gate)
        {
            var before = Log.Count;
            try
            {
                return Languages.During(Culture(request), () =>
                {
                    Faults.Check(request, this);
                    return Act(act, request);
                });
            }
            finally
            {
                if (Log.Count > before)
                {
                    Outages.Watch(this, operation);
                    Mail.Watch(this, operation);
                    Changed?.Invoke();
                }
            }
        }
    }

    /// <summary>Runs <paramref name="read"/> under the lock, for listeners.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    public void Register(string operation, Operation act) => operations.Add(operation, act);

    public IEnumerable<string> Operations => operations.Keys;

    /// <summary>Notes a change the operation that runs just made; a fault may break the operation off here.</summary>
    public void Note(string what, string? server, string? detail = null)
    {
        Log.Add(current?.Operation ?? "", what, server, detail);
        Faults.Break(current, ++changes);
    }

    /// <summary>Another's operation in the middle of one: under the same lock, logged as its own.</summary>
    public void Interject(Request request) => Act(operations[request.Operation], request);

    /// <summary>Active Directory as the domain controller a request names has it: one that lags tells what was.</summary>
    public LabState Directory(Request request) => Faults.Lagging(request.Text("DomainController")) ?? State;

    private JsonNode? Act(Operation act, Request request)
    {
        (current, changes) = (request, 0);
        return act(request);
    }

    /// <summary>Puts another state in place, with an empty log.</summary>
    public void Load(JsonObject state)
    {
        var next = System.Text.Json.JsonSerializer.Deserialize<LabState>(state, StateJson.Options) ?? new LabState();
        StateLoader.Load(next, Certificates, DateTimeOffset.UtcNow);
        State = next;
        Log = new ChangeLog();
        Outages = new Outages();
        Mail = new MailFlow();
        Events = new EventLog();
        Faults.Clear();
        Faults = new Faults();
        foreach (var server in State.Servers)
        {
            Selection.Start(this, server);
        }
        Outages.Begin(this);
    }

    /// <summary>The culture of the computer a request comes from; null: English.</summary>
    public string? Culture(Request request) =>
        State.Servers.Find(server => server.Is(request.SessionServer ?? ""))?.Culture ?? State.Settings.Culture;

    public JsonObject Initial => (JsonObject)initial.DeepClone();

    /// <summary>The folder that is a server's drive C:.</summary>
    public string Drive(string server)
    {
        if (folder is null)
        {
            (folder, isOwnFolder) = (System.IO.Directory.CreateTempSubdirectory("lab-").FullName, true);
        }
        return System.IO.Directory.CreateDirectory(Path.Combine(folder, "servers", server, "C")).FullName;
    }

    public void Dispose()
    {
        Changed = null;
        // left behind, thousands of them made every look into the temporary folder slow
        if (isOwnFolder && System.IO.Directory.Exists(folder))
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
