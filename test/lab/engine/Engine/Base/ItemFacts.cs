// Get-, Set- and New-ItemProperty, Test-Path.
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsCommon.Get, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class GetItemProperty : PathCmdlet
{
    [Parameter(Position = 1)] public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            Try(path, () => WriteObject(InvokeProvider.Property.Get([path], [.. Name], Literal), true));
        }
    }
}

[Cmdlet(VerbsCommon.Set, "ItemProperty", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class SetItemProperty : PathCmdlet
{
    [Parameter(Mandatory = true, Position = 1)] public string Name { get; set; } = "";
    [Parameter(Mandatory = true, Position = 2)] public object? Value { get; set; }

    protected override void ProcessRecord()
    {
        var values = new PSObject();
        values.Properties.Add(new PSNoteProperty(Name, Value));
        foreach (var path in Chosen)
        {
            Try(path, () => InvokeProvider.Property.Set([path], values, false, Literal));
        }
    }
}

[Cmdlet(VerbsCommon.New, "ItemProperty", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class NewItemProperty : PathCmdlet
{
    [Parameter(Mandatory = true, Position = 1), Alias("PSProperty")] public string Name { get; set; } = "";
    [Parameter, Alias("Type")] public string? PropertyType { get; set; }
    [Parameter] public object? Value { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            Try(path, () => InvokeProvider.Property.New([path], Name, PropertyType, Value, Force, Literal));
        }
    }
}

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
public sealed class TestPath : PathCmdlet
{
    [Parameter, ValidateSet("Any", "Container", "Leaf")] public string PathType { get; set; } = "Any";
    [Parameter] public SwitchParameter IsValid { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            WriteObject(path is not null && (IsValid ? SessionState.Path.IsValid(path) : Exists(path)));
        }
    }

    private bool Exists(string path)
    {
        try
        {
            return InvokeProvider.Item.Exists(path, true, Literal)
                && (PathType == "Any" || InvokeProvider.Item.IsContainer(path) == (PathType == "Container"));
        }
        catch (System.Management.Automation.DriveNotFoundException)
        {
            return false;
        }
    }
}
