// The commands that exist, by facts.json and by the functions of the scripts themselves.
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;

namespace Witness;

/// <summary>One parameter within one set.</summary>
public sealed record Parameter(string Name, string Type, bool Mandatory, bool Position)
{
    public bool IsSwitch => Type.Equals("switch", StringComparison.OrdinalIgnoreCase) || Type == "SwitchParameter";

    /// <summary>`NAME TYPE [mandatory] [position]`, as facts.json has it.</summary>
    public static Parameter Parse(string text)
    {
        var parts = text.Split(' ');
        return new(parts[0], parts[1], parts.Contains("mandatory"), parts.Contains("position"));
    }
}

/// <summary>What one witness says of a command. MissingIn: the editions of Exchange that a parameter ("": the command) is not for.</summary>
public sealed record Command(string Name, string Witness, Parameter[][] Sets, IReadOnlyDictionary<string, string[]> MissingIn)
{
    public bool IsFunction => Witness == "function";

    public Parameter? Find(string name) => Sets.SelectMany(set => set).FirstOrDefault(one => Facts.Same(one.Name, name));
}

public sealed class Facts(string file)
{
    /// <summary>about_CommonParameters of 5.1.</summary>
    public static readonly string[] Common =
    [
        "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "InformationVariable", "OutBuffer", "OutVariable",
        "PipelineVariable", "Verbose", "WarningAction", "WarningVariable",
    ];

    readonly ILookup<string, Command> commands = Read(file).ToLookup(one => one.Name, StringComparer.OrdinalIgnoreCase);

    public static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>What each witness says of that command; empty where none knows it.</summary>
    public IReadOnlyList<Command> Of(string name) => [.. commands[name]];

    /// <summary>The functions defined in `tree`, as commands.</summary>
    public static IReadOnlyList<Command> Functions(Ast tree) =>
        [.. tree.FindAll(node => node is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>().Select(Function)];

    static Command Function(FunctionDefinitionAst function)
    {
        var parameters = function.Body.ParamBlock?.Parameters ?? function.Parameters ?? Enumerable.Empty<ParameterAst>();
        var set = parameters.Select(one => new Parameter(
            one.Name.VariablePath.UserPath, one.StaticType == typeof(SwitchParameter) ? "switch" : "object", false, true));
        return new(function.Name, "function", [[.. set]], new Dictionary<string, string[]>());
    }

    static IEnumerable<Command> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var row in document.RootElement.GetProperty("commands").EnumerateArray())
        {
            var sets = row.GetProperty("sets").EnumerateArray().Select(set => Strings(set).Select(Parameter.Parse).ToArray());
            var missing = row.TryGetProperty("missingIn", out var told)
                ? told.EnumerateObject().ToDictionary(one => one.Name, one => Strings(one.Value), StringComparer.OrdinalIgnoreCase)
                : [];
            yield return new(Text(row, "name"), Text(row, "witness"), [.. sets], missing);
        }
    }

    static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(one => one.GetString()!)];

    static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
