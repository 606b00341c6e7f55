// Export- and Import-Clixml by the engine's own serializer, in 5.1's encoding: UTF-16 with a mark unless told.
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsData.Export, "Clixml", SupportsShouldProcess = true, DefaultParameterSetName = "ByPath")]
public sealed class ExportClixml : PSCmdlet
{
    private readonly List<object?> items = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath")] public string Path { get; set; } = "";
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath"), Alias("PSPath")] public string LiteralPath { get; set; } = "";
    [Parameter(Mandatory = true, ValueFromPipeline = true), AllowNull] public object? InputObject { get; set; }
    [Parameter, ValidateRange(1, int.MaxValue)] public int Depth { get; set; } = 2;
    [Parameter] public FileEncoding Encoding { get; set; } = FileEncoding.Unicode;
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter, Alias("NoOverwrite")] public SwitchParameter NoClobber { get; set; }

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing()
    {
        var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(ParameterSetName == "ByPath" ? Path : LiteralPath);
        if (NoClobber && File.Exists(file))
        {
            ThrowTerminatingError(new ErrorRecord(new IOException($"The file '{file}' already exists."), "NoClobber", ErrorCategory.ResourceExists, file));
        }
        if (ShouldProcess(file))
        {
            TextFile.Write(this, file, Serialized(), Encoding, append: false, Force);
        }
    }

    /// <summary>One document for all objects, as each is serialized by itself and its head taken off.</summary>
    private string Serialized()
    {
        var documents = items.ConvertAll(item => PSSerializer.Serialize(item, Depth));
        if (documents.Count == 1)
        {
            return documents[0];
        }
        var bodies = documents.ConvertAll(text => text[(text.IndexOf('>') + 1)..text.LastIndexOf("</Objs>", StringComparison.Ordinal)].TrimEnd());
        var (head, tail) = documents.Count == 0 ? (PSSerializer.Serialize(null), "") : (documents[0], string.Concat(bodies));
        return $"{head[..(head.IndexOf('>') + 1)]}{tail}\r\n</Objs>";
    }
}

[Cmdlet(VerbsData.Import, "Clixml", DefaultParameterSetName = "ByPath")]
public sealed class ImportClixml : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)] public string[] Path { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath", ValueFromPipelineByPropertyName = true), Alias("PSPath")] public string[] LiteralPath { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == "ByPath" ? Path : LiteralPath)
        {
            foreach (var (file, _) in Paths.Existing(this, path, ParameterSetName == "ByLiteralPath"))
            {
                try
                {
                    WriteObject(PSSerializer.Deserialize(Encodings.Decode(File.ReadAllBytes(file))), enumerateCollection: true);
                }
                catch (System.Xml.XmlException broken)
                {
                    ThrowTerminatingError(new ErrorRecord(broken, "System.Xml.XmlException", ErrorCategory.NotSpecified, file));
                }
            }
        }
    }
}
