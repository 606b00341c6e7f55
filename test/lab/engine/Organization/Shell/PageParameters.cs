// Writes into a module's text the parameters that Microsoft's page has and the lab knows by name only: they stand in the table and nowhere else.
using System.Text.Json.Nodes;

namespace Lab;

public static class PageParameters
{
    private const string Mark = "# and those its page has that the lab knows by name only";

    /// <summary>The text of a module's file with each mark replaced by the parameters of the function it stands in.</summary>
    public static string Fill(string text)
    {
        var function = "";
        return string.Join('\n', text.Split('\n').Select(line =>
        {
            if (line.StartsWith("function ", StringComparison.Ordinal))
            {
                function = line.Split(' ')[1];
            }
            return line.Trim() == Mark ? string.Join(", ", Table.ByName(function).Select(Declared)) : line;
        }));
    }

    private static string Declared(JsonNode row)
    {
        var type = row["type"]!.GetValue<string>();
        var uses = row["in"]?.AsArray().Select(use => $"[Parameter({string.Join(", ", Parts(use!))})] ") ?? [];
        return $"{string.Concat(uses)}{(type == "object" ? "" : $"[{type}] ")}${row["name"]}";
    }

    private static IEnumerable<string> Parts(JsonNode use)
    {
        var pipeline = use["pipeline"]?.GetValue<string>().Split('+') ?? [];
        return
        [
            .. use["set"] is { } set ? [$"ParameterSetName = '{set}'"] : Array.Empty<string>(),
            .. use["required"]?.GetValue<bool>() is true ? ["Mandatory = $true"] : Array.Empty<string>(),
            .. use["position"] is { } position ? [$"Position = {position.GetValue<int>() - 1}"] : Array.Empty<string>(),
            .. pipeline.Contains("value") ? ["ValueFromPipeline = $true"] : Array.Empty<string>(),
            .. pipeline.Contains("name") ? ["ValueFromPipelineByPropertyName = $true"] : Array.Empty<string>(),
        ];
    }
}
