// Sort-Object, Group-Object and the loose comparison they share.
using System.Collections;
using System.Management.Automation;

namespace Lab;

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
