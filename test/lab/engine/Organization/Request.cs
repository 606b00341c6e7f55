// The arguments of one operation, read by name and type; a wrong type is the caller's fault and says so.
using System.Text.Json.Nodes;

namespace Lab;

public sealed class Request(string operation, JsonObject arguments)
{
    public string Operation { get; } = operation;

    /// <summary>Where the call comes from; null for tests and listeners.</summary>
    public SessionKind? Kind { get; } = Origin(arguments)?["kind"]?.GetValue<string>() is { } kind ? SessionKinds.Parse(kind) : null;
    public string? SessionServer { get; } = Origin(arguments)?["server"]?.GetValue<string>();

    /// <summary>The remote session a call comes by; null: none.</summary>
    public string? SessionId { get; } = Origin(arguments)?["id"]?.GetValue<string>();

    public JsonObject Arguments => arguments;

    /// <summary>The engine adds "session"; session.open has a session of its own and says "from".</summary>
    private static JsonObject? Origin(JsonObject arguments) => (arguments["session"] ?? arguments["from"]) as JsonObject;

    public bool Has(string name) => arguments.ContainsKey(name);

    public string? Text(string name) => arguments[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => other.ToJsonString().Trim('"'),
    };

    public string Required(string name) => Text(name) ?? throw new ArgumentException($"{Operation}: {name} is missing");

    public bool Flag(string name) => arguments[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        var other => string.Equals(other.ToString(), "true", StringComparison.OrdinalIgnoreCase),
    };

    public int Number(string name, int otherwise) => int.TryParse(Text(name), out var number) ? number : otherwise;

    public List<string> List(string name) => arguments[name] switch
    {
        null => [],
        JsonArray array => array.Select(item => item?.ToString() ?? "").ToList(),
        var one => [one.ToString()],
    };

    public byte[] Bytes(string name) => Convert.FromBase64String(Required(name));
}
