// One fault that waits for the calls it is meant for: slow, refused, broken off, or met by another administrator's change.
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace Lab;

/// <summary>One fault, as fault.set describes it.</summary>
public sealed class Fault
{
    public string? Server { get; set; }

    /// <summary>An operation's name; null: every operation that touches the server.</summary>
    public string? Operation { get; set; }

    /// <summary>Milliseconds a call takes longer; with an error beside it, it is not waited.</summary>
    public int SlowMs { get; set; }

    /// <summary>The text of an error thrown instead of the operation; null: none.</summary>
    public string? Error { get; set; }
    public string ErrorId { get; set; } = "LabFault";
    public string Category { get; set; } = "OperationStopped";

    /// <summary>Calls let through before the error, and how often it is thrown; null: always.</summary>
    public int After { get; set; }
    public int? Times { get; set; }

    /// <summary>Breaks the operation off after so many of its changes: what it did by then stays.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>With an error or a break: the caller's terminal is killed there instead, as if its process had ended.</summary>
    public bool Kill { get; set; }

    /// <summary>Another administrator's operation, done just before the matching one: { operation, arguments }.</summary>
    public JsonObject? Interject { get; set; }

    public bool Matches(Request request) =>
        (Operation is null || string.Equals(Operation, request.Operation, StringComparison.OrdinalIgnoreCase))
        && (Server is null || Touches(request));

    /// <summary>Whether it is this call's turn: After calls are let through, then Times are met.</summary>
    public bool Passes()
    {
        if (After > 0)
        {
            After--;
            return false;
        }
        if (Times is 0)
        {
            return false;
        }
        Times--;
        return true;
    }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool OnlySlow => SlowMs > 0 && Error is null && !Kill && Interject is null && BreakAfter is null;

    /// <summary>As fault.set took it, with what is left of its turns; without what was not said.</summary>
    public JsonObject Told()
    {
        var told = (JsonObject)StateJson.Node(this)!;
        foreach (var name in told.Where(each => each.Value is null or JsonValue && each.Value?.ToString() is null or "0" or "false" or "").Select(each => each.Key).ToList())
        {
            told.Remove(name);
        }
        return told;
    }

    public LabError Made() => Kill ? new(Faults.KillId, "The terminal was killed.", ErrorCategory.OperationStopped) : new(ErrorId, Error ?? "The operation was broken off.", Enum.Parse<ErrorCategory>(Category));

    private bool Touches(Request request) =>
        (request.Text("Server") ?? request.Text("computerName") ?? request.SessionServer) is { } name
        && string.Equals(name.Split('.')[0], Server, StringComparison.OrdinalIgnoreCase);
}
