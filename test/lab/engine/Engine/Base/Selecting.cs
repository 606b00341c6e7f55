// Select-Object and Get-Unique.
using System.Management.Automation;

namespace Lab;

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
