// The table of what is simulated and by whose word: refusals, parameters, result shapes, rules and settings, from module/table.json.
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lab;

public static class Table
{
    private static readonly Lazy<JsonObject> document = new(() =>
        (JsonObject?)JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "module", "table.json"))) ?? []);

    private static readonly Lazy<Dictionary<string, JsonObject>> refusals = new(() =>
        document.Value["refusals"]!.AsArray().ToDictionary(row => row!["id"]!.GetValue<string>(), row => row!.AsObject()));

    private static readonly Lazy<Dictionary<string, (string Name, string Type)[]>> shapes = new(() =>
        document.Value["results"]!.AsObject().ToDictionary(
            shape => shape.Key,
            shape => shape.Value!["properties"]!.AsArray().Select(row => (row!["name"]!.GetValue<string>(), row["type"]!.GetValue<string>())).ToArray()));

    /// <summary>The refusal of that row, its text filled in; a refusal without a row can't be made.</summary>
    public static LabError Refusal(string id, params object?[] values)
    {
        if (!refusals.Value.TryGetValue(id, out var row))
        {
            throw new InvalidOperationException($"the refusal {id} has no row in table.json");
        }
        var category = Enum.Parse<ErrorCategory>(row["category"]!.GetValue<string>());
        return new LabError(id, string.Format(System.Globalization.CultureInfo.InvariantCulture, row["text"]!.GetValue<string>(), values), category);
    }

    private static readonly Lazy<HashSet<string>> notSimulated = new(() => document.Value["cmdlets"]!.AsObject()
        .SelectMany(cmdlet => cmdlet.Value!["parameters"]!.AsArray()
            .Where(row => row!["simulated"]?.GetValue<bool>() is false)
            .Select(row => $"{cmdlet.Key} -{row!["name"]}"))
        .ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Refuses a call with a parameter that Microsoft documents and the lab only knows the name of: it must not pass in silence.</summary>
    public static void CheckSimulated(Request request)
    {
        foreach (var (name, _) in request.Arguments)
        {
            if (notSimulated.Value.Contains($"{request.Operation} -{name}"))
            {
                throw Refusal("Lab.ParameterNotSimulated", name, request.Operation);
            }
        }
    }

    /// <summary>Names and types of a result's properties, in order.</summary>
    public static (string Name, string Type)[] Shape(string name) => shapes.Value[name];

    public static string ShapeType(string name) => document.Value["results"]![name]!["typeName"]!.GetValue<string>();

    public static string[] ShapeDisplay(string name) =>
        document.Value["results"]![name]!["display"]?.AsArray().Select(item => item!.GetValue<string>()).ToArray() ?? [];
}
