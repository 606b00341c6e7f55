// Every change of the organization in order: what, where, when and by which operation; tests hold their invariants against it.
using System.Text.Json.Nodes;

namespace Lab;

public sealed class ChangeLog
{
    private readonly List<JsonObject> entries = [];

    public int Count => entries.Count;

    /// <summary>Notes one change; thumbprints and names only, never a key or a password.</summary>
    public void Add(string operation, string what, string? server, string? detail)
    {
        entries.Add(new JsonObject
        {
            ["number"] = entries.Count + 1,
            ["at"] = StateJson.Time(DateTimeOffset.UtcNow),
            ["operation"] = operation,
            ["what"] = what,
            ["server"] = server,
            ["detail"] = detail,
        });
    }

    public JsonArray From(int number) => new(entries.Skip(number).Select(JsonNode? (entry) => entry.DeepClone()).ToArray());
}
