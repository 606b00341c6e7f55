// Get-FileHash and Unblock-File.
using System.Management.Automation;
using System.Security.Cryptography;

namespace Lab;

[Cmdlet(VerbsCommon.Get, "FileHash", DefaultParameterSetName = "Path")]
public sealed class GetFileHash : PathCmdlet
{
    [Parameter, ValidateSet("SHA1", "SHA256", "SHA384", "SHA512", "MD5")] public string Algorithm { get; set; } = "SHA256";

    protected override void ProcessRecord()
    {
        foreach (var (file, _) in Chosen.SelectMany(path => Paths.Existing(this, path, Literal)))
        {
            var hash = CryptographicOperations.HashData(new HashAlgorithmName(Algorithm.ToUpperInvariant()), File.ReadAllBytes(file));
            var result = new PSObject();
            result.Properties.Add(new PSNoteProperty("Algorithm", Algorithm.ToUpperInvariant()));
            result.Properties.Add(new PSNoteProperty("Hash", Convert.ToHexString(hash)));
            result.Properties.Add(new PSNoteProperty("Path", file));
            result.TypeNames.Insert(0, "Microsoft.Powershell.Utility.FileHash");
            WriteObject(result);
        }
    }
}

[Cmdlet("Unblock", "File", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class UnblockFile : PathCmdlet;
