// Gives an operation's answer the properties and kinds its row in the table names; what has no row is not there.
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsData.ConvertTo, "LabResult")]
public sealed class ConvertToLabResult : PSCmdlet
{
    /// <summary>What a certificate is on its way through the endpoint: RawData, and type names by which the other end makes a certificate of it (RECORDED).</summary>
    private static readonly string[] certificateTypes =
    [
        "System.Security.Cryptography.X509Certificates.X509Certificate2",
        "System.Security.Cryptography.X509Certificates.X509Certificate",
        "System.Object",
    ];

    [Parameter(Mandatory = true, Position = 0)] public string Shape { get; set; } = "";
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }
        var result = new PSObject(new ToldObject(InputObject.Properties["Identity"]?.Value?.ToString() ?? InputObject.Properties["Name"]?.Value?.ToString() ?? Shape));
        if (Shape == "ExchangeCertificate" && InputObject.Properties["Thumbprint"] is null)
        {
            result.TypeNames.Clear();
            foreach (var type in certificateTypes.Prepend(Table.ShapeType(Shape)))
            {
                result.TypeNames.Add(type);
            }
            Tell(result, Table.Shape(Shape).First(property => property.Name == "RawData"));
            WriteObject(result);
            return;
        }
        result.TypeNames.Clear();
        result.TypeNames.Add(Table.ShapeType(Shape));
        result.TypeNames.Add("System.Object");
        foreach (var property in Table.Shape(Shape))
        {
            Tell(result, property);
        }
        WriteObject(result);
    }

    private void Tell(PSObject result, ToldProperty property) =>
        result.Properties.Add(new PSNoteProperty(property.Name, Kinds.Value(InputObject!.Properties[property.Name] is { } given ? given.Value : property.Always, property)), preValidated: true);
}
