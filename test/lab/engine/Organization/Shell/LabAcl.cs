// The rights on a key's file, in the shape of Get-Acl: Windows' own identity types can't be had on Linux.
using System.Management.Automation;

namespace Lab;

/// <summary>An account as Get-Acl's IdentityReference: prints its name, translates to its SID.</summary>
public sealed class LabIdentity(string value, string sid)
{
    public string Value { get; } = value;

    public override string ToString() => Value;

    public LabIdentity Translate(Type type) => type.Name == "SecurityIdentifier" ? new LabIdentity(sid, sid) : this;
}

public sealed record LabAccessRule(string FileSystemRights, string AccessControlType, LabIdentity IdentityReference, bool IsInherited);

[Cmdlet(VerbsData.ConvertTo, "LabAcl")]
public sealed class ConvertToLabAcl : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter] public string Path { get; set; } = "";

    protected override void ProcessRecord()
    {
        var rules = new List<LabAccessRule>
        {
            new("FullControl", "Allow", new LabIdentity("NT AUTHORITY\\SYSTEM", "S-1-5-18"), false),
            new("FullControl", "Allow", new LabIdentity("BUILTIN\\Administrators", "S-1-5-32-544"), false),
        };
        if (InputObject?.Properties["networkService"]?.Value is true)
        {
            rules.Add(new("Read, Synchronize", "Allow", new LabIdentity("NT AUTHORITY\\NETWORK SERVICE", "S-1-5-20"), false));
        }
        var result = new PSObject();
        result.Properties.Add(new PSNoteProperty("Path", Path));
        result.Properties.Add(new PSNoteProperty("Owner", "NT AUTHORITY\\SYSTEM"));
        result.Properties.Add(new PSNoteProperty("Access", rules.ToArray()));
        WriteObject(result);
    }
}
