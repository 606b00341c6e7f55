// Select-, Sort-, Group-, Measure- and Compare-Object, Get-Unique.
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

[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "Default")]
public sealed class SelectObject : PSCmdlet
{
    private readonly List<PSObject> kept = [];
    private int seen;
    private int given;

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public object[] Property { get; set; } = [];
    [Parameter] public string[] ExcludeProperty { get; set; } = [];
    [Parameter] public string? ExpandProperty { get; set; }
    [Parameter] public SwitchParameter Unique { get; set; }
    [Parameter] public int First { get; set; } = -1;
    [Parameter] public int Last { get; set; } = -1;
    [Parameter] public int Skip { get; set; }
    [Parameter] public int[] Index { get; set; } = [];
    [Parameter] public SwitchParameter Wait { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null || (Last < 0 && Index.Length == 0 && seen++ < Skip) || (Index.Length > 0 && !Index.Contains(seen++)))
        {
            return;
        }
        if (Last >= 0 || Unique)
        {
            kept.Add(InputObject);
        }
        else if (First < 0 || given < First)
        {
            given++;
            Give(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        IEnumerable<PSObject> rest = Last >= 0 ? kept.SkipLast(Skip).TakeLast(Last) : kept;
        if (!Unique)
        {
            rest.ToList().ForEach(Give);
            return;
        }
        var told = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var item in rest)
        {
            if ((First < 0 || number < First) && told.Add(string.Join('\u0001', Property.Length == 0 ? [Whole(item)] : Property.SelectMany(each => new Chooser(each).Values(item)).Select(each => each.Value?.ToString() ?? ""))))
            {
                number++;
                Give(item);
            }
        }
    }

    private static string Whole(PSObject item) =>
        item.BaseObject is PSCustomObject ? string.Join('\u0001', item.Properties.Select(each => $"{each.Name}={each.Value}")) : item.ToString();

    private void Give(PSObject item)
    {
        if (ExpandProperty is not null)
        {
            if (item.Properties[ExpandProperty] is not { } property)
            {
                var missing = new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found.");
                WriteError(new ErrorRecord(missing, "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
                return;
            }
            WriteObject(property.Value, enumerateCollection: true);
            return;
        }
        WriteObject(Property.Length == 0 ? item : Chosen(item));
    }

    private PSObject Chosen(PSObject item)
    {
        var result = new PSObject();
        var excluded = ExcludeProperty.Select(each => new WildcardPattern(each, WildcardOptions.IgnoreCase)).ToList();
        foreach (var (name, value) in Property.SelectMany(each => new Chooser(each).Values(item)))
        {
            if (result.Properties[name] is null && !excluded.Any(each => each.IsMatch(name)))
            {
                result.Properties.Add(new PSNoteProperty(name, value));
            }
        }
        result.TypeNames.Insert(0, "Selected." + item.TypeNames[0].Replace("Selected.", "", StringComparison.Ordinal));
        return result;
    }
}

/// <summary>Compares as -lt and -gt do: numbers by value, text without case.</summary>
internal sealed class LooseComparer(bool caseSensitive) : IComparer<object?>, IEqualityComparer<object?>
{
    public int Compare(object? left, object? right)
    {
        if (left is null || right is null)
        {
            return left is null ? (right is null ? 0 : -1) : 1;
        }
        try
        {
            return LanguagePrimitives.Compare(left, right, !caseSensitive);
        }
        catch (ArgumentException)
        {
            return string.Compare(left.ToString(), right.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    public new bool Equals(object? left, object? right) => LanguagePrimitives.Equals(left, right, !caseSensitive);
    public int GetHashCode(object? value) => (value?.ToString() ?? "").ToUpperInvariant().GetHashCode(StringComparison.Ordinal);
}

[Cmdlet("Sort", "Object")]
public sealed class SortObject : PSCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public object[] Property { get; set; } = [];
    [Parameter] public SwitchParameter Descending { get; set; }
    [Parameter] public SwitchParameter Unique { get; set; }
    [Parameter] public SwitchParameter CaseSensitive { get; set; }
    [Parameter] public string? Culture { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            items.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        var comparer = new LooseComparer(CaseSensitive);
        var keys = Property.Select(each => new Chooser(each)).ToList();
        Func<PSObject, object?>[] ways = keys.Count == 0 ? [item => item.BaseObject] : [.. keys.Select(key => (Func<PSObject, object?>)key.First)];
        var sorted = items.OrderBy(_ => 0);
        for (var index = 0; index < ways.Length; index++)
        {
            var down = (keys.Count > 0 ? keys[index].Descending : null) ?? Descending.IsPresent;
            sorted = down ? sorted.ThenByDescending(ways[index], comparer) : sorted.ThenBy(ways[index], comparer);
        }
        PSObject? before = null;
        foreach (var item in sorted)
        {
            if (!Unique || before is null || ways.Any(way => comparer.Compare(way(before), way(item)) != 0))
            {
                WriteObject(item);
            }
            before = item;
        }
    }
}

/// <summary>One group of Group-Object.</summary>
public sealed record Grouping(int Count, string Name, PSObject[] Group, object?[] Values);

[Cmdlet("Group", "Object")]
public sealed class GroupObject : PSCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public object[] Property { get; set; } = [];
    [Parameter] public SwitchParameter NoElement { get; set; }
    [Parameter, Alias("AHT")] public SwitchParameter AsHashTable { get; set; }
    [Parameter] public SwitchParameter AsString { get; set; }
    [Parameter] public SwitchParameter CaseSensitive { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            items.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        var keys = Property.Select(each => new Chooser(each)).ToList();
        var groups = items.GroupBy(item => keys.Count == 0 ? item.BaseObject : keys.Count == 1 ? keys[0].First(item) : string.Join(", ", keys.Select(key => key.First(item))), new LooseComparer(CaseSensitive));
        if (AsHashTable)
        {
            var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (var group in groups)
            {
                table[AsString ? group.Key?.ToString() ?? "" : (group.Key as PSObject)?.BaseObject ?? group.Key ?? ""] = group.ToArray();
            }
            WriteObject(table);
            return;
        }
        foreach (var group in groups)
        {
            var shown = new PSObject(new Grouping(group.Count(), group.Key?.ToString() ?? "", NoElement ? [] : [.. group], keys.Count == 0 ? [group.Key] : [.. keys.Select(key => key.First(group.First()))]));
            shown.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfo");
            WriteObject(shown);
        }
    }
}

[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObject : PSCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public string? Property { get; set; }
    [Parameter] public SwitchParameter Sum { get; set; }
    [Parameter] public SwitchParameter Average { get; set; }
    [Parameter] public SwitchParameter Maximum { get; set; }
    [Parameter] public SwitchParameter Minimum { get; set; }
    [Parameter] public SwitchParameter Line { get; set; }
    [Parameter] public SwitchParameter Word { get; set; }
    [Parameter] public SwitchParameter Character { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null && (Property is null || InputObject.Properties[Property] is not null))
        {
            items.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        var values = items.Select(each => Property is null ? each.BaseObject : each.Properties[Property].Value).ToList();
        var numbers = Sum || Average ? values.Select(each => LanguagePrimitives.ConvertTo<double>(each)).ToList() : [];
        var comparer = new LooseComparer(false);
        var result = new PSObject();
        void Add(string name, object? value) => result.Properties.Add(new PSNoteProperty(name, value));
        if (Line || Word || Character)
        {
            var text = values.Select(each => each?.ToString() ?? "").ToList();
            Add("Lines", Line ? text.Sum(each => each.Split('\n').Length) : null);
            Add("Words", Word ? text.Sum(each => each.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length) : null);
            Add("Characters", Character ? text.Sum(each => each.Length) : null);
            Add("Property", Property);
        }
        else
        {
            Add("Count", items.Count);
            Add("Average", Average && numbers.Count > 0 ? numbers.Average() : null);
            Add("Sum", Sum && numbers.Count > 0 ? numbers.Sum() : null);
            Add("Maximum", Maximum ? values.Max(comparer) : null);
            Add("Minimum", Minimum ? values.Min(comparer) : null);
            Add("Property", Property);
            result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GenericMeasureInfo");
        }
        WriteObject(result);
    }
}

[Cmdlet(VerbsData.Compare, "Object")]
public sealed class CompareObject : PSCmdlet
{
    private readonly List<PSObject> difference = [];

    [Parameter(Mandatory = true, Position = 0), AllowEmptyCollection] public PSObject[] ReferenceObject { get; set; } = [];
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true), AllowEmptyCollection] public PSObject[] DifferenceObject { get; set; } = [];
    [Parameter] public object[] Property { get; set; } = [];
    [Parameter] public SwitchParameter IncludeEqual { get; set; }
    [Parameter] public SwitchParameter ExcludeDifferent { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }
    [Parameter] public SwitchParameter CaseSensitive { get; set; }

    protected override void ProcessRecord() => difference.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        var comparer = new LooseComparer(CaseSensitive);
        var keys = Property.Select(each => new Chooser(each)).ToList();
        bool Same(PSObject left, PSObject right) => keys.Count == 0 ? comparer.Equals(left.BaseObject, right.BaseObject) : keys.All(key => comparer.Equals(key.First(left), key.First(right)));
        var rest = new List<PSObject>(ReferenceObject);
        foreach (var item in difference)
        {
            var match = rest.FindIndex(each => Same(each, item));
            if (match >= 0)
            {
                rest.RemoveAt(match);
            }
            Give(item, match >= 0 ? "==" : "=>", keys);
        }
        rest.ForEach(item => Give(item, "<=", keys));
    }

    private void Give(PSObject item, string side, List<Chooser> keys)
    {
        if (side == "==" ? !IncludeEqual : ExcludeDifferent)
        {
            return;
        }
        var result = PassThru ? item : new PSObject();
        if (!PassThru)
        {
            var values = keys.Count == 0 ? [("InputObject", item)] : keys.SelectMany(key => key.Values(item));
            foreach (var (name, value) in values)
            {
                result.Properties.Add(new PSNoteProperty(name, value));
            }
        }
        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}

[Cmdlet(VerbsCommon.Get, "Unique")]
public sealed class GetUnique : PSCmdlet
{
    private string? before;

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter] public SwitchParameter AsString { get; set; }

    protected override void ProcessRecord()
    {
        var text = InputObject?.ToString();
        if (text != before)
        {
            WriteObject(InputObject);
        }
        before = text;
    }
}
