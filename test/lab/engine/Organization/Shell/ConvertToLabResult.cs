// Gives an operation's answer the properties and types its row in the table names; what has no row is not there.
using System.Globalization;
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsData.ConvertTo, "LabResult")]
public sealed class ConvertToLabResult : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string Shape { get; set; } = "";
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }
        var result = new PSObject();
        result.TypeNames.Insert(0, Table.ShapeType(Shape));
        foreach (var (name, type) in Table.Shape(Shape))
        {
            result.Properties.Add(new PSNoteProperty(name, Typed(InputObject.Properties[name]?.Value, type)), preValidated: true);
        }
        WriteObject(result);
    }

    /// <summary>As a date, or as text in the server's culture where the lab says so.</summary>
    private static object Time(DateTime time) =>
        LabContext.Current.Facts["datesAsText"]?.GetValue<bool>() is true ? time.ToString(((ICultured)LabContext.Current.Host).Culture) : time;

    private static object? Typed(object? value, string type)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (bare is null)
        {
            return null;
        }
        return type switch
        {
            "bytes" => Convert.FromBase64String((string)bare),
            "datetime" => Time(DateTime.Parse((string)bare, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToLocalTime()),
            "guid" => Guid.Parse((string)bare),
            "strings" => LanguagePrimitives.ConvertTo<string[]>(bare),
            "int" => LanguagePrimitives.ConvertTo<int>(bare),
            "bool" => LanguagePrimitives.ConvertTo<bool>(bare),
            "string" => LanguagePrimitives.ConvertTo<string>(bare),
            _ => throw new InvalidOperationException($"the table names the type {type}, which the lab does not know"),
        };
    }
}
