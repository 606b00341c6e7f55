// What was counted and found, gathered text by text, and written as JSON.
using System.Management.Automation.Language;
using System.Text.Json;

namespace Witness;

public sealed record Finding(string Text, string Kind, string What, int Line);

public sealed class Report
{
    readonly SortedDictionary<string, int> figures = new(StringComparer.Ordinal);
    readonly List<Finding> violations = [];
    readonly List<Finding> younger = [];
    readonly SortedDictionary<string, string> untyped = new(StringComparer.Ordinal);
    string text = "";

    public void Begin(string name)
    {
        text = name;
        Count("texts");
    }

    public void Count(string what) => figures[what] = figures.GetValueOrDefault(what) + 1;

    public void Violation(string kind, string what, Ast at) => Violation(kind, what, at.Extent);

    public void Violation(string kind, string what, IScriptExtent at) => violations.Add(new(text, kind, what, at.StartLineNumber));

    /// <summary>Not there at all (null), or only since a version younger than the oldest.</summary>
    public void Since(string? version, string kind, string what, Ast at)
    {
        if (version is null)
        {
            Violation(kind, $"{what} is in no version of .NET Framework up to 4.8", at);
        }
        else if (version != "4.6.2")
        {
            younger.Add(new(text, kind, $"{what}: .NET Framework {version}", at.Extent.StartLineNumber));
        }
    }

    /// <summary>A member of what has no type that the text tells, with the first text that uses it.</summary>
    public void Untyped(string name) => untyped.TryAdd(name, text);

    public string Json() => JsonSerializer.Serialize(new { figures, violations, younger, untyped }, JsonSerializerOptions.Web);
}
