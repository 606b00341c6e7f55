// What a test or a person breaks on purpose: servers down, calls slow or refused, by server and operation.
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class Faults
{
    private readonly List<Fault> faults = [];

    private sealed class Fault
    {
        public string? Server { get; set; }

        /// <summary>An operation's name; null: every operation that touches the server.</summary>
        public string? Operation { get; set; }

        /// <summary>Milliseconds a call takes longer.</summary>
        public int SlowMs { get; set; }

        /// <summary>The text of an error thrown instead of the operation; null: none.</summary>
        public string? Error { get; set; }
        public string ErrorId { get; set; } = "LabFault";
        public string Category { get; set; } = "OperationStopped";

        /// <summary>Calls let through before the error, and how often it is thrown; null: always.</summary>
        public int After { get; set; }
        public int? Times { get; set; }

        public bool Matches(Request request) =>
            (Operation is null || string.Equals(Operation, request.Operation, StringComparison.OrdinalIgnoreCase))
            && (Server is null || Touches(request));

        private bool Touches(Request request) =>
            (request.Text("Server") ?? request.Text("computerName") ?? request.SessionServer) is { } name
            && string.Equals(name.Split('.')[0], Server, StringComparison.OrdinalIgnoreCase);
    }

    public void Add(JsonObject description)
    {
        lock (faults)
        {
            faults.Add(System.Text.Json.JsonSerializer.Deserialize<Fault>(description, StateJson.Options) ?? new Fault());
        }
    }

    public void Clear()
    {
        lock (faults)
        {
            faults.Clear();
        }
    }

    /// <summary>Waits outside the organization's lock, so that slow servers are slow side by side.</summary>
    public void Delay(Request request)
    {
        int wait;
        lock (faults)
        {
            wait = request.Kind is null ? 0 : faults.Where(fault => fault.Matches(request)).Sum(fault => fault.SlowMs);
        }
        if (wait > 0)
        {
            Thread.Sleep(wait);
        }
    }

    /// <summary>Throws where a fault says so; a session on a server that went down is broken.</summary>
    public void Check(Request request, Organization organization)
    {
        if (request.Kind is SessionKind.Server or SessionKind.ManagementShell or SessionKind.ExchangeEndpoint
            && organization.State.Servers.Find(server => server.Is(request.SessionServer ?? "")) is { Down: true } down)
        {
            throw Table.Refusal("Session.Broken", down.Name);
        }
        lock (faults)
        {
            foreach (var fault in faults.Where(fault => fault.Error is not null && request.Kind is not null && fault.Matches(request)))
            {
                if (fault.After > 0)
                {
                    fault.After--;
                    continue;
                }
                if (fault.Times is 0)
                {
                    continue;
                }
                fault.Times--;
                throw new LabError(fault.ErrorId, fault.Error!, Enum.Parse<ErrorCategory>(fault.Category));
            }
        }
    }
}
