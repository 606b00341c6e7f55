// Measure-Object and Compare-Object.
using System.Management.Automation;

namespace Lab;

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
