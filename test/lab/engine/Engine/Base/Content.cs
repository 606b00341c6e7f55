// Get-, Set-, Add- and Clear-Content with 5.1's encodings; other providers' content goes the provider's way.
using System.Collections;
using System.Management.Automation;
using System.Text;

namespace Lab;

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
public sealed class GetContent : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipelineByPropertyName = true)] public string[] Path { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true), Alias("PSPath")] public string[] LiteralPath { get; set; } = [];
    [Parameter] public FileEncoding Encoding { get; set; } = FileEncoding.Default;
    [Parameter] public SwitchParameter Raw { get; set; }
    [Parameter] public long ReadCount { get; set; } = 1;
    [Parameter, Alias("First", "Head")] public long TotalCount { get; set; } = -1;
    [Parameter, Alias("Last")] public int Tail { get; set; } = -1;
    [Parameter] public string? Filter { get; set; }
    [Parameter] public string[] Include { get; set; } = [];
    [Parameter] public string[] Exclude { get; set; } = [];
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == "Path" ? Path : LiteralPath)
        {
            foreach (var (file, isFile) in Paths.Existing(this, path, ParameterSetName == "LiteralPath"))
            {
                if (isFile)
                {
                    Read(file);
                }
                else
                {
                    WriteObject(Paths.ProviderContent(this, file), enumerateCollection: true);
                }
            }
        }
    }

    private void Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(failure, "GetContentReaderUnauthorizedAccessError", ErrorCategory.PermissionDenied, file));
            return;
        }
        if (Encoding == FileEncoding.Byte)
        {
            WriteObject(bytes, enumerateCollection: ReadCount == 1 && !Raw);
            return;
        }
        var text = Encodings.Decode(bytes, MyInvocation.BoundParameters.ContainsKey("Encoding") ? Encoding : null);
        if (Raw)
        {
            WriteObject(text);
            return;
        }
        var lines = Lines(text);
        var chosen = Tail >= 0 ? lines.TakeLast(Tail) : TotalCount >= 0 ? lines.Take((int)TotalCount) : lines;
        if (ReadCount == 0)
        {
            WriteObject(chosen.ToArray());
            return;
        }
        var number = 0L;
        foreach (var line in chosen)
        {
            WriteObject(Noted(line, file, ++number));
        }
    }

    private static IEnumerable<string> Lines(string text)
    {
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>5.1's lines carry where they come from; ConvertTo-Json shows it.</summary>
    private static PSObject Noted(string line, string file, long number)
    {
        var result = new PSObject(line);
        result.Properties.Add(new PSNoteProperty("PSPath", "Microsoft.PowerShell.Core\\FileSystem::" + file));
        result.Properties.Add(new PSNoteProperty("PSParentPath", "Microsoft.PowerShell.Core\\FileSystem::" + System.IO.Path.GetDirectoryName(file)));
        result.Properties.Add(new PSNoteProperty("PSChildName", System.IO.Path.GetFileName(file)));
        result.Properties.Add(new PSNoteProperty("ReadCount", number));
        return result;
    }
}

public abstract class ContentWriter : PSCmdlet
{
    private readonly List<object?> items = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipelineByPropertyName = true)] public string[] Path { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true), Alias("PSPath")] public string[] LiteralPath { get; set; } = [];
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true), AllowNull, AllowEmptyCollection] public object?[]? Value { get; set; }
    [Parameter] public FileEncoding Encoding { get; set; } = FileEncoding.Default;
    [Parameter] public SwitchParameter NoNewline { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected abstract bool Appending { get; }

    protected override void ProcessRecord() => items.AddRange(Value ?? [null]);

    protected override void EndProcessing()
    {
        foreach (var path in ParameterSetName == "Path" ? Path : LiteralPath)
        {
            var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.Name != "FileSystem")
            {
                InvokeProvider.Item.Set(path, items.Count == 1 ? items[0] : items.ToArray());
            }
            else if (ShouldProcess($"Path: {file}", Appending ? "Add Content" : "Set Content"))
            {
                Write(file);
            }
        }
        if (PassThru)
        {
            WriteObject(items, enumerateCollection: true);
        }
    }

    private void Write(string file)
    {
        if (Encoding != FileEncoding.Byte)
        {
            var end = NoNewline ? "" : "\r\n";
            TextFile.Write(this, file, string.Concat(items.Select(each => (each is null ? "" : LanguagePrimitives.ConvertTo<string>(each)) + end)), Encoding, Appending, Force);
            return;
        }
        try
        {
            LabFile.ThrowIfFull();
            var bytes = items.SelectMany(each => LanguagePrimitives.ConvertTo<byte[]>(each)).ToArray();
            using var stream = new FileStream(file, Appending ? FileMode.Append : FileMode.Create);
            stream.Write(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or PSInvalidCastException)
        {
            ThrowTerminatingError(new ErrorRecord(failure, "GetContentWriterArgumentError", ErrorCategory.WriteError, file));
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class SetContent : ContentWriter
{
    protected override bool Appending => false;
}

[Cmdlet(VerbsCommon.Add, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class AddContent : ContentWriter
{
    protected override bool Appending => true;
}

[Cmdlet(VerbsCommon.Clear, "Content", SupportsShouldProcess = true)]
public sealed class ClearContent : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string[] Path { get; set; } = [];

    protected override void EndProcessing()
    {
        foreach (var (file, _) in Path.SelectMany(each => Paths.Existing(this, each, false)))
        {
            if (ShouldProcess(file))
            {
                File.WriteAllBytes(file, []);
            }
        }
    }
}

/// <summary>Paths as the content cmdlets resolve them.</summary>
internal static class Paths
{
    /// <summary>Files by their own path, other providers' items by their PowerShell path; a missing one is an error of the cmdlet.</summary>
    public static IEnumerable<(string Path, bool IsFile)> Existing(PSCmdlet by, string path, bool literal)
    {
        try
        {
            if (literal)
            {
                var single = by.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
                if (!by.InvokeProvider.Item.Exists(path, true, true))
                {
                    throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
                }
                return [(provider.Name == "FileSystem" ? single : path, provider.Name == "FileSystem")];
            }
            return [.. by.SessionState.Path.GetResolvedPSPathFromPSPath(path).Select(each => (each.Provider.Name == "FileSystem" ? each.ProviderPath : each.Path, each.Provider.Name == "FileSystem"))];
        }
        catch (ItemNotFoundException missing)
        {
            by.WriteError(new ErrorRecord(missing, "PathNotFound", ErrorCategory.ObjectNotFound, path));
            return [];
        }
    }

    public static IEnumerable ProviderContent(PSCmdlet by, string path)
    {
        foreach (var reader in by.InvokeProvider.Content.GetReader(path))
        {
            using (reader)
            {
                return reader.Read(0);
            }
        }
        return Array.Empty<object>();
    }
}
