// What the commands of 5.1 return, as their pages say under "Outputs"; those of Exchange and IIS return types that no witness here has.
namespace Witness;

public static class Returned
{
    /// <summary>The type of what the command returns; null where it is not known by name and text.</summary>
    public static string? By(string name, string text) => name switch
    {
        "Get-PSSession" or "New-PSSession" => "System.Management.Automation.Runspaces.PSSession",
        "Get-Command" => "System.Management.Automation.CommandInfo",
        "Get-Date" => "datetime",
        "Get-Service" => "System.ServiceProcess.ServiceController",
        "Get-Acl" => "System.Security.AccessControl.FileSystemSecurity",
        "Resolve-Path" => "System.Management.Automation.PathInfo",
        "Join-Path" or "Split-Path" or "ConvertTo-Json" => "string",
        "Read-Host" => text.Contains("-AsSecureString", StringComparison.Ordinal) ? "securestring" : "string",
        "Get-ChildItem" or "Get-Item" when text.Contains(@"Cert:\", StringComparison.Ordinal) =>
            "System.Security.Cryptography.X509Certificates.X509Certificate2",
        "Write-Host" or "Write-Warning" or "Remove-Item" or "Remove-PSSession" or "Remove-Module" or "Start-Sleep" or "Add-Member"
            or "Move-Item" or "Set-Variable" or "Remove-Variable" => "void",
        _ => null,
    };
}
