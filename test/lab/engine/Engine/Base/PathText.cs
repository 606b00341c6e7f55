// Join-, Split-, Resolve-, Convert-Path, the location and the drives.
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsCommon.Join, "Path")]
public sealed class JoinPath : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), Alias("PSPath")] public string[] Path { get; set; } = [];
    [Parameter(Mandatory = true, Position = 1), AllowEmptyString] public string ChildPath { get; set; } = "";
    [Parameter] public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            // the files of a server have Windows paths, whatever the host's own separator is
            var windows = path.Length > 1 && path[1] == ':' || path.Contains('\\');
            var joined = windows ? $"{path.TrimEnd('\\', '/')}\\{ChildPath.TrimStart('\\', '/').Replace('/', '\\')}" : SessionState.Path.Combine(path, ChildPath);
            if (Resolve)
            {
                WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(joined).Select(each => each.Path), true);
            }
            else
            {
                WriteObject(joined);
            }
        }
    }
}

[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "Parent")]
public sealed class SplitPath : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), Alias("LiteralPath")] public string[] Path { get; set; } = [];
    [Parameter(ParameterSetName = "Parent")] public SwitchParameter Parent { get; set; }
    [Parameter(ParameterSetName = "Leaf")] public SwitchParameter Leaf { get; set; }
    [Parameter(ParameterSetName = "Qualifier")] public SwitchParameter Qualifier { get; set; }
    [Parameter(ParameterSetName = "NoQualifier")] public SwitchParameter NoQualifier { get; set; }
    [Parameter(ParameterSetName = "IsAbsolute")] public SwitchParameter IsAbsolute { get; set; }
    [Parameter] public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var bare = path.TrimEnd('\\', '/');
            var cut = bare.LastIndexOfAny(['\\', '/']);
            var colon = path.IndexOf(':');
            WriteObject(ParameterSetName switch
            {
                "Leaf" => bare[(cut + 1)..],
                "Qualifier" => colon < 0 ? throw new FormatException($"Cannot parse path because path '{path}' does not have a qualifier specified.") : path[..(colon + 1)],
                "NoQualifier" => path[(colon + 1)..],
                "IsAbsolute" => colon > 0 || path.StartsWith('/'),
                _ => cut < 0 ? "" : cut == 0 ? "/" : bare[cut - 1] == ':' ? bare[..(cut + 1)] : bare[..cut],
            });
        }
    }
}

[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
public sealed class ResolvePath : PathCmdlet
{
    [Parameter] public SwitchParameter Relative { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            Try(path, () =>
            {
                foreach (var found in SessionState.Path.GetResolvedPSPathFromPSPath(Literal ? WildcardPattern.Escape(path) : path))
                {
                    WriteObject(Relative ? SessionState.Path.NormalizeRelativePath(found.Path, SessionState.Path.CurrentLocation.Path) : found);
                }
            });
        }
    }
}

[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = "Path")]
public sealed class ConvertPath : PathCmdlet
{
    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            Try(path, () => WriteObject(SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _), true));
        }
    }
}

[Cmdlet(VerbsCommon.Get, "Location")]
public sealed class GetLocation : PSCmdlet
{
    protected override void EndProcessing() => WriteObject(SessionState.Path.CurrentLocation);
}

[Cmdlet(VerbsCommon.Set, "Location")]
public sealed class SetLocation : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true), Alias("LiteralPath", "PSPath")] public string? Path { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var place = SessionState.Path.SetLocation(Path ?? "~");
        if (PassThru)
        {
            WriteObject(place);
        }
    }
}

[Cmdlet(VerbsCommon.Push, "Location")]
public sealed class PushLocation : PSCmdlet
{
    [Parameter(Position = 0)] public string? Path { get; set; }

    protected override void EndProcessing()
    {
        SessionState.Path.PushCurrentLocation("default");
        if (Path is not null)
        {
            SessionState.Path.SetLocation(Path);
        }
    }
}

[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocation : PSCmdlet
{
    protected override void EndProcessing() => SessionState.Path.PopLocation("default");
}

[Cmdlet(VerbsCommon.Get, "PSDrive")]
public sealed class GetPSDrive : PSCmdlet
{
    [Parameter(Position = 0)] public string[] Name { get; set; } = ["*"];
    [Parameter] public string[] PSProvider { get; set; } = [];

    protected override void EndProcessing()
    {
        foreach (var name in Name)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            var found = SessionState.Drive.GetAll().Where(each => pattern.IsMatch(each.Name) && (PSProvider.Length == 0 || PSProvider.Contains(each.Provider.Name, StringComparer.OrdinalIgnoreCase))).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                var missing = new System.Management.Automation.DriveNotFoundException($"Cannot find drive. A drive with the name '{name}' does not exist.");
                WriteError(new ErrorRecord(missing, "GetLocationNoMatchingDrive", ErrorCategory.ObjectNotFound, name));
            }
            WriteObject(found, true);
        }
    }
}

[Cmdlet(VerbsCommon.New, "PSDrive", SupportsShouldProcess = true)]
public sealed class NewPSDrive : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string Name { get; set; } = "";
    [Parameter(Mandatory = true, Position = 1)] public string PSProvider { get; set; } = "";
    [Parameter(Mandatory = true, Position = 2)] public string Root { get; set; } = "";
    [Parameter] public string Scope { get; set; } = "local";

    protected override void EndProcessing()
    {
        var drive = new PSDriveInfo(Name, SessionState.Provider.GetOne(PSProvider), Root, "", null);
        WriteObject(SessionState.Drive.New(drive, Scope));
    }
}

[Cmdlet(VerbsCommon.Remove, "PSDrive")]
public sealed class RemovePSDrive : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string[] Name { get; set; } = [];
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void EndProcessing()
    {
        foreach (var name in Name)
        {
            SessionState.Drive.Remove(name, Force, "local");
        }
    }
}
