// Script files as 5.1 reads them: ANSI without a byte order mark, and #requires judged as Desktop 5.1 would.
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace Lab;

public static class ScriptFiles
{
    private const int PlainAtMost = 200;

    /// <summary>Texts that were read before and need nothing of this: the engine itself keeps what it compiled of them.</summary>
    private static readonly ConcurrentDictionary<string, bool> Plain = new(StringComparer.Ordinal);

    /// <summary>Called when a command was found; throwing here is swallowed, so a refusal replaces the script.</summary>
    public static void Check(object? sender, CommandLookupEventArgs found)
    {
        if (found.Command is not ExternalScriptInfo script || !File.Exists(script.Path))
        {
            return;
        }
        var policy = LabContext.Current.Policies.Effective;
        if (policy == "Restricted")
        {
            found.CommandScriptBlock = Refusal($"File {script.Path} cannot be loaded because running scripts is disabled on this system. For more information, see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170.", "UnauthorizedAccess", "SecurityError");
            return;
        }
        var bytes = File.ReadAllBytes(script.Path);
        var text = Encodings.Decode(bytes);
        if (policy == "AllSigned" && !EndsSigned(text))
        {
            found.CommandScriptBlock = Refusal($"File {script.Path} cannot be loaded. The file {script.Path} is not digitally signed. You cannot run this script on the current system. For more information about running scripts and setting execution policy, see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170.", "UnauthorizedAccess", "SecurityError");
            return;
        }
        if (Plain.ContainsKey(text))
        {
            return;
        }
        var ast = Parser.ParseInput(text, script.Path, out _, out var problems);
        var needs = problems.Length == 0 ? ast.ScriptRequirements : null;
        if (needs is null && (Encodings.HasMark(bytes) || bytes.All(each => each < 0x80)))
        {
            if (problems.Length == 0 && Plain.Count < PlainAtMost && Ascii.IsValid(text))
            {
                Plain[text] = true;
            }
            return;
        }
        if (needs is not null && Lacks(needs) is { } lack)
        {
            found.CommandScriptBlock = Refusal($"The script '{Path.GetFileName(script.Path)}' cannot be run because {lack}.", "ScriptRequires", "ResourceUnavailable");
            return;
        }
        found.CommandScriptBlock = Reparsed(text, script.Path);
    }

    /// <summary>Whether a signature block ends the text; whether the signature is one of this text is not looked at.</summary>
    private static bool EndsSigned(string text) =>
        text.Contains("\n# SIG # Begin signature block", StringComparison.Ordinal) && text.TrimEnd().EndsWith("\n# SIG # End signature block", StringComparison.Ordinal);

    /// <summary>The script without its #requires, which were judged here.</summary>
    public static ScriptBlock Reparsed(string text, string path)
    {
        Parser.ParseInput(text, path, out var tokens, out _);
        var bare = new StringBuilder(text);
        foreach (var token in tokens.Where(each => each.Kind == TokenKind.Comment && each.Text.StartsWith("#requires", StringComparison.OrdinalIgnoreCase)))
        {
            bare[token.Extent.StartOffset + 1] = '-';
        }
        var ast = Parser.ParseInput(bare.ToString(), path, out _, out var problems);
        return problems.Length == 0 ? ast.GetScriptBlock() : throw new ParseException(problems);
    }

    private static string? Lacks(ScriptRequirements needs) =>
        needs.RequiredPSVersion is { } version && version > Desktop.Version
            ? $"it contained a \"#requires\" statement for Windows PowerShell {version}. The version of Windows PowerShell that is required by the script does not match the currently running version of Windows PowerShell {Desktop.Version}"
        : needs.RequiredPSEditions.Count > 0 && !needs.RequiredPSEditions.Contains("Desktop", StringComparer.OrdinalIgnoreCase)
            ? $"it contained a \"#requires\" statement for PowerShell editions '{string.Join(",", needs.RequiredPSEditions)}'. The edition of PowerShell that is required by the script does not match the currently running PowerShell Desktop edition"
        : needs.IsElevationRequired && LabContext.Current.Kind == SessionKind.Workstation
            ? "it contains a \"#requires\" statement for running as Administrator. The current Windows PowerShell session is not running as Administrator. Start Windows PowerShell by using the Run as Administrator option, and then try running the script again"
        : needs.RequiredModules.FirstOrDefault(each => !KnownModule(each.Name)) is { } module
            ? $"the following modules that are specified by the \"#requires\" statements of the script are missing: {module.Name}"
        : null;

    private static bool KnownModule(string name) =>
        name.StartsWith("Microsoft.PowerShell.", StringComparison.OrdinalIgnoreCase) || (LabContext.Current.Kind != SessionKind.Workstation && name is "PKI" or "WebAdministration");

    private static ScriptBlock Refusal(string message, string id, string category) =>
        ScriptBlock.Create($"throw (New-Object System.Management.Automation.ErrorRecord (New-Object System.Management.Automation.RuntimeException '{CodeGeneration.EscapeSingleQuotedStringContent(message)}'), '{id}', '{category}', $null)");
}
