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

    private static readonly Lazy<Dictionary<string, ToldProperty[]>> shapes = new(() =>
        document.Value["results"]!.AsObject().ToDictionary(
            shape => shape.Key,
            shape => shape.Value!["properties"]!.AsArray().Select(row =>
                new ToldProperty(row!["name"]!.GetValue<string>(), row["type"]!.GetValue<string>(), row["none"]?.GetValue<string>(), LabJson.To(row["always"]))).ToArray()));

    /// <summary>The refusal of that row, its text filled in; a refusal without a row can't be made.</summary>
    public static LabError Refusal(string id, params object?[] values)
    {
        if (!refusals.Value.TryGetValue(id, out var row))
        {
            throw new InvalidOperationException($"the refusal {id} has no row in table.json");
        }
        var category = Enum.Parse<ErrorCategory>(row["category"]!.GetValue<string>());
        return new LabError(id, string.Format(System.Globalization.CultureInfo.InvariantCulture, Languages.Shown(row["text"]!.GetValue<string>()), values), category);
    }

    private static readonly Lazy<HashSet<string>> notSimulated = new(() => document.Value["cmdlets"]!.AsObject()
        .SelectMany(cmdlet => cmdlet.Value!["parameters"]!.AsArray()
            .Where(row => row!["simulated"]?.GetValue<bool>() is false)
            .Select(row => $"{cmdlet.Key} -{row!["name"]}"))
        .ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The rows of the parameters of a command that are known by name only.</summary>
    public static IEnumerable<JsonNode> ByName(string command) =>
        document.Value["cmdlets"]![command]!["parameters"]!.AsArray().Where(row => row!["simulated"]?.GetValue<bool>() is false)!;

    private static readonly Lazy<HashSet<string>> cmdletsByName = new(() =>
        document.Value["byName"]!.AsArray().Select(row => row!["cmdlet"]!.GetValue<string>()).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether Exchange has such a cmdlet, and the lab its name only.</summary>
    public static bool IsByName(string cmdlet) => cmdletsByName.Value.Contains(cmdlet);

    /// <summary>Refuses a call with a parameter that Microsoft documents and the lab only knows the name of: it must not pass in silence.</summary>
    public static void CheckSimulated(Request request) => CheckSimulated(request.Operation, request.Arguments.Select(each => each.Key));

    public static void CheckSimulated(string command, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (notSimulated.Value.Contains($"{command} -{name}"))
            {
                throw Refusal("Lab.ParameterNotSimulated", name, command);
            }
        }
    }

    /// <summary>The parameters of a command that a cumulative update took away: until which builds, and in which parameter set.</summary>
    public static IEnumerable<(string Name, string Until, string? Set, bool Required)> OldParameters(string command) =>
        (document.Value["cmdlets"]![command]?["parameters"]?.AsArray() ?? [])
            .Where(row => row!["until"] is not null)
            .Select(row => (row!["name"]!.GetValue<string>(), row["until"]!.GetValue<string>(), row["in"]?[0]?["set"]?.GetValue<string>(), row["in"]?[0]?["required"]?.GetValue<bool>() ?? false));

    /// <summary>The Exchange cmdlets none of these role groups holds; no group named: nothing is lacking.</summary>
    public static IEnumerable<string> Lacking(List<string> groups)
    {
        if (groups.Count == 0)
        {
            return [];
        }
        var rows = document.Value["roleGroups"]!.AsArray();
        var held = groups.SelectMany(group => rows.Where(row => string.Equals(row!["group"]!.GetValue<string>(), group, StringComparison.OrdinalIgnoreCase)).SelectMany(row => row!["cmdlets"]!.AsArray()).Select(cmdlet => cmdlet!.GetValue<string>()))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return document.Value["cmdlets"]!.AsObject().Where(cmdlet => cmdlet.Value!["module"]!.GetValue<string>() is "Exchange" or "Transport" or "Clients" && !held.Contains(cmdlet.Key)).Select(cmdlet => cmdlet.Key);
    }

    /// <summary>A result's properties, in order.</summary>
    public static ToldProperty[] Shape(string name) => shapes.Value[name];

    public static string ShapeType(string name) => document.Value["results"]![name]!["typeName"]!.GetValue<string>();

    public static string[] ShapeDisplay(string name) =>
        document.Value["results"]![name]!["display"]?.AsArray().Select(item => item!.GetValue<string>()).ToArray() ?? [];
}
