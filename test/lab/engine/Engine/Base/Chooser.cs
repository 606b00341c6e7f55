// How the object cmdlets name properties: plain, wildcard, script or calculated.
using System.Collections;
using System.Management.Automation;

namespace Lab;

/// <summary>A property by name, wildcard, script or @{ Name; Expression }.</summary>
internal sealed class Chooser
{
    private readonly object expression;
    private readonly string? label;

    public Chooser(object said)
    {
        var bare = said is PSObject wrapped ? wrapped.BaseObject : said;
        expression = bare;
        if (bare is IDictionary table)
        {
            expression = Key(table, "expression") ?? throw new PSArgumentException("The expression key is missing.");
            label = (Key(table, "name") ?? Key(table, "label"))?.ToString();
            Descending = Key(table, "descending") is { } down ? LanguagePrimitives.IsTrue(down) : null;
        }
    }

    public bool? Descending { get; }

    public string Name => label ?? expression.ToString()!;

    /// <summary>The named values; a name nobody has gives null, a wildcard nobody matches gives nothing.</summary>
    public IEnumerable<(string Name, object? Value)> Values(PSObject item)
    {
        if (expression is ScriptBlock script)
        {
            return [(Name, Single(Scripts.On(script, item)))];
        }
        var name = expression.ToString()!;
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            var property = item.BaseObject is IDictionary table && table.Contains(name) ? null : item.Properties[name];
            return [(label ?? property?.Name ?? name, property is null && item.BaseObject is IDictionary entries ? entries[name] : Get(property))];
        }
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        return item.Properties.Where(each => pattern.IsMatch(each.Name)).Select(each => (each.Name, Get(each)));
    }

    public object? First(PSObject item) => Values(item).Select(each => each.Value).FirstOrDefault();

    private static object? Get(PSPropertyInfo? property)
    {
        try
        {
            return property?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static object? Single(IList<PSObject> values) => values.Count switch { 0 => null, 1 => values[0], _ => values.ToArray() };

    /// <summary>Names may be cut short, as PowerShell allows: @{ n = …; e = … }.</summary>
    private static object? Key(IDictionary table, string name) =>
        table.Cast<DictionaryEntry>().Where(each => each.Key.ToString() is { Length: > 0 } key && name.StartsWith(key, StringComparison.OrdinalIgnoreCase)).Select(each => each.Value is PSObject wrapped ? wrapped.BaseObject : each.Value).FirstOrDefault();
}

internal static class Scripts
{
    public static IList<PSObject> On(ScriptBlock script, object? item) =>
        script.InvokeWithContext(null, [new PSVariable("_", item)]);
}
