// Format-Table, -List, -Wide, -Custom, Out-String and Out-File over the library's own formatter, whose inner parts are not public.
using System.Management.Automation;
using System.Reflection;
using System.Text;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Lab;

internal static class Formatter
{
    private const BindingFlags Inner = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private static readonly Assembly Library = typeof(FrontEndCommandBase).Assembly;
    private static readonly FieldInfo Implementation = typeof(FrontEndCommandBase).GetField("implementation", Inner)!;

    private static Type Named(string name) => Library.GetType("Microsoft.PowerShell.Commands.Internal.Format." + name, throwOnError: true)!;

    /// <summary>shape: Table, List, Wide or Complex.</summary>
    public static void Shape(FrontEndCommandBase command, string shape) =>
        Implementation.SetValue(command, Activator.CreateInstance(Named("InnerFormatShapeCommand"), Inner, null, [Enum.Parse(Named("FormatShape"), shape)], null));

    public static void Begin(FrontEndCommandBase command) => Implementation.SetValue(command, Activator.CreateInstance(Named("OutputManagerInner"), nonPublic: true));

    public static void Into(FrontEndCommandBase command, TextWriter writer, int width, bool noNewline)
    {
        var lines = Activator.CreateInstance(Named("TextWriterLineOutput"), Inner, null, [writer, width, noNewline], null);
        Named("OutputManagerInner").GetProperty("LineOutput", Inner)!.SetValue(Implementation.GetValue(command), lines);
    }
}

[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTable : OuterFormatTableBase
{
    public FormatTable() => Formatter.Shape(this, "Table");
}

[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatList : OuterFormatTableAndListBase
{
    public FormatList() => Formatter.Shape(this, "List");
}

[Cmdlet(VerbsCommon.Format, "Wide")]
public sealed class FormatWide : OuterFormatShapeCommandBase
{
    public FormatWide() => Formatter.Shape(this, "Wide");
}

[Cmdlet(VerbsCommon.Format, "Custom")]
public sealed class FormatCustom : OuterFormatShapeCommandBase
{
    public FormatCustom() => Formatter.Shape(this, "Complex");
}

[Cmdlet(VerbsData.Out, "String")]
public sealed class OutString : FrontEndCommandBase
{
    private readonly StringWriter text = new() { NewLine = "\r\n" };

    public OutString() => Formatter.Begin(this);

    [Parameter] public SwitchParameter Stream { get; set; }
    [Parameter] public int Width { get; set; } = -1;

    protected override void BeginProcessing()
    {
        Formatter.Into(this, text, Width > 0 ? Width : Host.UI.RawUI.BufferSize.Width - 1, noNewline: false);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        var whole = text.ToString();
        if (!Stream)
        {
            WriteObject(whole);
            return;
        }
        foreach (var line in whole.Length == 0 ? [] : (whole.EndsWith("\r\n", StringComparison.Ordinal) ? whole[..^2] : whole).Split("\r\n"))
        {
            WriteObject(line);
        }
    }
}

[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true, DefaultParameterSetName = "ByPath")]
public sealed class OutFile : FrontEndCommandBase
{
    private readonly StringWriter text = new() { NewLine = "\r\n" };

    public OutFile() => Formatter.Begin(this);

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath"), Alias("Path")] public string FilePath { get; set; } = "";
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath"), Alias("PSPath")] public string LiteralPath { get; set; } = "";
    [Parameter(Position = 1), ValidateSet("unknown", "string", "unicode", "bigendianunicode", "utf8", "utf7", "utf32", "ascii", "default", "oem")] public string Encoding { get; set; } = "unicode";
    [Parameter] public SwitchParameter Append { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter, Alias("NoOverwrite")] public SwitchParameter NoClobber { get; set; }
    [Parameter] public int Width { get; set; } = -1;
    [Parameter] public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        Formatter.Into(this, text, Width > 0 ? Width : Host.UI.RawUI.BufferSize.Width - 1, NoNewline);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(FilePath.Length > 0 ? FilePath : LiteralPath);
        if (!ShouldProcess(path))
        {
            return;
        }
        if (NoClobber && !Append && File.Exists(path))
        {
            var failure = new IOException($"The file '{path}' already exists.");
            ThrowTerminatingError(new ErrorRecord(failure, "NoClobber", ErrorCategory.ResourceExists, path));
        }
        TextFile.Write(this, path, text.ToString(), Enum.Parse<FileEncoding>(Encoding, ignoreCase: true), Append, Force);
    }
}

/// <summary>Writes text as 5.1 does: a byte order mark for a new file only.</summary>
internal static class TextFile
{
    public static void Write(PSCmdlet by, string path, string text, FileEncoding named, bool append, bool force)
    {
        try
        {
            LabFile.ThrowIfFull();
            if (force && File.Exists(path))
            {
                File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            }
            var encoding = Encodings.For(named);
            using var file = new FileStream(path, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
            if (file.Position == 0)
            {
                file.Write(encoding.GetPreamble());
            }
            file.Write(encoding.GetBytes(text));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            by.ThrowTerminatingError(new ErrorRecord(failure, "FileOpenFailure", ErrorCategory.OpenError, path));
        }
    }
}
