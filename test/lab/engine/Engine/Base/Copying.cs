// Copy-Item here, to a session and from one.
using System.Management.Automation;
using System.Management.Automation.Runspaces;

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
            ThrowIfFull(ToSession);
            var target = At(ToSession, far => far.GetUnresolvedProviderPathFromPSPath(Destination));
            Carry(SessionState.Path.GetResolvedProviderPathFromPSPath(Literal ? WildcardPattern.Escape(path) : path, out _), target);
        }
        else if (FromSession is not null)
        {
            LabFile.ThrowIfFull();
            Carry(At(FromSession, far => far.GetResolvedProviderPathFromPSPath(path, out _)), SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination));
        }
        else
        {
            var from = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            var to = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);
            if (provider.Name == "FileSystem" && File.Exists(from))
            {
                LabFile.ThrowIfFull();
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

    private void Carry(IEnumerable<string> files, string target)
    {
        foreach (var (name, bytes) in files.SelectMany(file => Tree.Read(file, Recurse)))
        {
            Tree.Write(target, name, bytes);
        }
    }

    private static void ThrowIfFull(LabSession session)
    {
        if (session.Far.Call("disk.get", [])?["full"]?.GetValue<bool>() is true)
        {
            throw new IOException("There is not enough space on the disk.");
        }
    }

    /// <summary>The far side's own folders, found by its own drives.</summary>
    private static T At<T>(LabSession session, Func<PathIntrinsics, T> ask)
    {
        if (session.Far.Kind == SessionKind.ExchangeEndpoint)
        {
            throw new NotSupportedException("Copy-Item needs a session in full language mode; this one is in NoLanguage mode.");
        }
        var caller = Runspace.DefaultRunspace;
        try
        {
            Runspace.DefaultRunspace = session.Runspace;
            return ask(session.Runspace.SessionStateProxy.Path);
        }
        finally
        {
            Runspace.DefaultRunspace = caller;
        }
    }
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
