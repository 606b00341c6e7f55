// Get-, New-, Remove-, Move-, Rename-, Set-Item, Get-ChildItem over the providers.
using System.Management.Automation;

namespace Lab;

public abstract class PathCmdlet : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)] public string[] Path { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true), Alias("PSPath")] public string[] LiteralPath { get; set; } = [];

    protected bool Literal => ParameterSetName == "LiteralPath";
    protected string[] Chosen => Literal ? LiteralPath : Path;

    /// <summary>A provider's refusal becomes this cmdlet's non-terminating error.</summary>
    protected void Try(string path, Action act)
    {
        try
        {
            LabContext.Current.Kill.ThrowIfKilled();
            act();
        }
        catch (CmdletProviderInvocationException refusal)
        {
            WriteError(refusal.ErrorRecord);
        }
        catch (RuntimeException refusal) when (refusal is not PipelineStoppedException and not ActionPreferenceStopException)
        {
            WriteError(new ErrorRecord(refusal.ErrorRecord, refusal));
        }
        catch (Exception refusal) when (refusal is NotSupportedException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            WriteError(new ErrorRecord(refusal, refusal.GetType().Name, ErrorCategory.InvalidArgument, path));
        }
    }

    protected IEnumerable<string> Resolved(string path) =>
        Literal ? [path] : SessionState.Path.GetResolvedPSPathFromPSPath(path).Select(each => each.Drive is null || each.Provider.Name == "FileSystem" ? each.Path : each.Path);
}

[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItem : PathCmdlet
{
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public string? Filter { get; set; }
    [Parameter] public string[] Include { get; set; } = [];
    [Parameter] public string[] Exclude { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            Try(path, () => WriteObject(InvokeProvider.Item.Get([path], Force, Literal), true));
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Path")]
public sealed class GetChildItem : PathCmdlet
{
    [Parameter(Position = 1)] public string? Filter { get; set; }
    [Parameter] public string[] Include { get; set; } = [];
    [Parameter] public string[] Exclude { get; set; } = [];
    [Parameter, Alias("s")] public SwitchParameter Recurse { get; set; }
    [Parameter] public uint Depth { get; set; } = uint.MaxValue;
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter Name { get; set; }
    [Parameter] public SwitchParameter File { get; set; }
    [Parameter] public SwitchParameter Directory { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen is { Length: > 0 } ? Chosen : [Literal ? "" : "."])
        {
            Try(path, () =>
            {
                var found = InvokeProvider.ChildItem.Get([path], Recurse || Depth != uint.MaxValue, Depth, Force, Literal);
                foreach (var item in found.Where(Wanted))
                {
                    WriteObject(Name ? item.Properties["PSChildName"]?.Value : item);
                }
            });
        }
    }

    private bool Wanted(PSObject item)
    {
        var name = item.Properties["PSChildName"]?.Value?.ToString() ?? "";
        return (Filter is null || Like(name, Filter)) && (Include.Length == 0 || Include.Any(each => Like(name, each))) && !Exclude.Any(each => Like(name, each))
            && (!File || item.BaseObject is FileInfo) && (!Directory || item.BaseObject is DirectoryInfo);
    }

    private static bool Like(string name, string pattern) => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}

[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
public sealed class NewItem : PathCmdlet
{
    [Parameter] public string? Name { get; set; }
    [Parameter, Alias("Type")] public string ItemType { get; set; } = "File";
    [Parameter(ValueFromPipelineByPropertyName = true), Alias("Target")] public object? Value { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path is { Length: > 0 } ? Path : ["."])
        {
            var target = Name is null ? path : SessionState.Path.Combine(path, Name);
            if (!ShouldProcess($"Destination: {target}", "Create " + ItemType))
            {
                continue;
            }
            Try(target, () => WriteObject(Create(target), true));
        }
    }

    private System.Collections.ObjectModel.Collection<PSObject> Create(string target)
    {
        var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(target, out var provider, out _);
        if (provider.Name == "FileSystem")
        {
            if (ItemType.Equals("Directory", StringComparison.OrdinalIgnoreCase))
            {
                if (Directory.Exists(file) && !Force)
                {
                    throw new IOException($"An item with the specified name {file} already exists.");
                }
                Directory.CreateDirectory(file);
                return InvokeProvider.Item.Get([target], true, true);
            }
            if (File.Exists(file) && !Force)
            {
                throw new IOException($"The file '{file}' already exists.");
            }
            if (Force)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            }
            File.WriteAllText(file, Value is null ? "" : LanguagePrimitives.ConvertTo<string>(Value));
            return InvokeProvider.Item.Get([target], true, true);
        }
        return InvokeProvider.Item.New(target, null, ItemType, Value);
    }
}

[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class RemoveItem : PathCmdlet
{
    [Parameter] public SwitchParameter Recurse { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter DeleteKey { get; set; }
    [Parameter] public string? Filter { get; set; }
    [Parameter] public string[] Include { get; set; } = [];
    [Parameter] public string[] Exclude { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            Try(path, () =>
            {
                if (Literal && !InvokeProvider.Item.Exists(path, true, true))
                {
                    throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
                }
                foreach (var item in Resolved(path))
                {
                    if (InvokeProvider.ChildItem.HasChild(item) && !Recurse && !ShouldContinue($"The item at {item} has children and the Recurse parameter was not specified. If you continue, all children will be removed with the item. Are you sure you want to continue?", "Confirm"))
                    {
                        continue;
                    }
                    if (ShouldProcess(item, "Remove Item"))
                    {
                        Lab.DeleteKey.During(DeleteKey, () => InvokeProvider.Item.Remove([item], true, Force, true));
                    }
                }
            });
        }
    }
}

[Cmdlet(VerbsCommon.Move, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class MoveItem : PathCmdlet
{
    [Parameter(Position = 1)] public string Destination { get; set; } = ".";
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            if (!ShouldProcess($"Item: {path} Destination: {Destination}", "Move File"))
            {
                continue;
            }
            Try(path, () =>
            {
                var from = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
                var to = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);
                if (provider.Name == "FileSystem" && File.Exists(from))
                {
                    // overwriting and renaming are one step, as on Windows
                    File.Move(from, Directory.Exists(to) ? System.IO.Path.Combine(to, System.IO.Path.GetFileName(from)) : to, Force);
                    return;
                }
                var moved = InvokeProvider.Item.Move([path], Destination, Force, Literal);
                if (PassThru)
                {
                    WriteObject(moved, true);
                }
            });
        }
    }
}

[Cmdlet(VerbsCommon.Rename, "Item", SupportsShouldProcess = true)]
public sealed class RenameItem : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true), Alias("PSPath", "LiteralPath")] public string Path { get; set; } = "";
    [Parameter(Mandatory = true, Position = 1)] public string NewName { get; set; } = "";
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Item: {Path} Destination: {NewName}", "Rename File"))
        {
            InvokeProvider.Item.Rename(Path, NewName, Force);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class SetItem : PathCmdlet
{
    [Parameter(Position = 1)] public object? Value { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            Try(path, () => InvokeProvider.Item.Set([path], Value, Force, Literal));
        }
    }
}
