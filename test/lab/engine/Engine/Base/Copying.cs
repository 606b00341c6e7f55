// Copy-Item here, to a session and from one.
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsCommon.Copy, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class CopyItem : PathCmdlet
{
    [Parameter(Position = 1)] public string Destination { get; set; } = ".";
    [Parameter] public SwitchParameter Recurse { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }
    [Parameter] public LabSession? ToSession { get; set; }
    [Parameter] public LabSession? FromSession { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Chosen)
        {
            if (!ShouldProcess($"Item: {path} Destination: {Destination}", "Copy File"))
            {
                continue;
            }
            Try(path, () => Copy(path));
        }
    }

    private void Copy(string path)
    {
        if (ToSession is not null)
        {
            foreach (var file in SessionState.Path.GetResolvedProviderPathFromPSPath(Literal ? WildcardPattern.Escape(path) : path, out _))
            {
                foreach (var (name, bytes) in Tree.Read(file, Recurse))
                {
                    Over(ToSession, new PSCommand().AddCommand("Receive-File").AddParameter("Path", Destination).AddParameter("Name", name).AddParameter("Bytes", bytes));
                }
            }
        }
        else if (FromSession is not null)
        {
            var target = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);
            foreach (var part in Over(FromSession, new PSCommand().AddCommand("Send-File").AddParameter("Path", path).AddParameter("Recurse", Recurse.IsPresent)))
            {
                Tree.Write(target, (string)part.Properties["Name"].Value, (byte[])PSObject.AsPSObject(part.Properties["Bytes"].Value).BaseObject);
            }
        }
        else
        {
            var from = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            var to = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);
            if (provider.Name == "FileSystem" && File.Exists(from))
            {
                Tree.Write(to, System.IO.Path.GetFileName(from), File.ReadAllBytes(from));
                return;
            }
            InvokeProvider.Item.Copy([path], Destination, Recurse, CopyContainers.CopyTargetContainer, Force, Literal);
        }
        if (PassThru && ToSession is null)
        {
            WriteObject(InvokeProvider.Item.Get(Destination), true);
        }
    }

    /// <summary>Private commands of the far side, called as the remoting layer itself.</summary>
    private List<PSObject> Over(LabSession session, PSCommand command)
    {
        if (session.Far.Kind == SessionKind.ExchangeEndpoint)
        {
            throw new NotSupportedException("Copy-Item needs a session in full language mode; this one is in NoLanguage mode.");
        }
        var collector = new Collector();
        new FarCalls([new FarCall(session, command, [], showComputer: false)], 1, LabContext.Current.Kill).Run(collector);
        collector.Errors.ForEach(WriteError);
        return collector.Results;
    }
}

/// <summary>Collects what a far call brings instead of writing it.</summary>
public sealed class Collector : IReceiver
{
    public List<PSObject> Results { get; } = [];
    public List<ErrorRecord> Errors { get; } = [];
    public void Result(object? value) => Results.Add(PSObject.AsPSObject(value));
    public void Error(ErrorRecord error) => Errors.Add(error);
    public void Warning(string text) { }
    public void Verbose(string text) { }
    public void Debug(string text) { }
    public void Information(InformationRecord record) { }
}

/// <summary>Files as name and bytes, folders as the files in them.</summary>
internal static class Tree
{
    public static IEnumerable<(string Name, byte[] Bytes)> Read(string path, bool recurse)
    {
        if (File.Exists(path))
        {
            return [(Path.GetFileName(path), File.ReadAllBytes(path))];
        }
        if (!Directory.Exists(path))
        {
            throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
        }
        var parent = Path.GetDirectoryName(path.TrimEnd('/'))!;
        return recurse ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(parent, file), File.ReadAllBytes(file))) : [];
    }

    /// <summary>Into an existing folder by its name, else as the named file.</summary>
    public static void Write(string target, string name, byte[] bytes)
    {
        var file = Directory.Exists(target) ? Path.Combine(target, name) : target;
        if (name.Contains('/'))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        File.WriteAllBytes(file, bytes);
    }
}

/// <summary>The far half of Copy-Item -ToSession.</summary>
[Cmdlet(VerbsCommunications.Receive, "File")]
public sealed class ReceiveFile : PSCmdlet
{
    [Parameter(Mandatory = true)] public string Path { get; set; } = "";
    [Parameter(Mandatory = true)] public string Name { get; set; } = "";
    [Parameter(Mandatory = true), AllowEmptyCollection] public byte[] Bytes { get; set; } = [];

    protected override void EndProcessing()
    {
        try
        {
            Tree.Write(SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path), Name, Bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(failure, "CopyItemRemotelyIOError", ErrorCategory.WriteError, Path));
        }
    }
}

/// <summary>The far half of Copy-Item -FromSession.</summary>
[Cmdlet(VerbsCommunications.Send, "File")]
public sealed class SendFile : PSCmdlet
{
    [Parameter(Mandatory = true)] public string Path { get; set; } = "";
    [Parameter] public bool Recurse { get; set; }

    protected override void EndProcessing()
    {
        foreach (var file in SessionState.Path.GetResolvedProviderPathFromPSPath(Path, out _))
        {
            foreach (var (name, bytes) in Tree.Read(file, Recurse))
            {
                var part = new PSObject();
                part.Properties.Add(new PSNoteProperty("Name", name));
                part.Properties.Add(new PSNoteProperty("Bytes", bytes));
                WriteObject(part);
            }
        }
    }
}
