// Import-PSSession: a module of proxy functions; parameters are evaluated here, values travel, results come back deserialised.
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Lab;

[Cmdlet(VerbsData.Import, "PSSession")]
public sealed class ImportPSSession : PSCmdlet
{
    // runs in the caller's scope, where no name may be one that a script has
    private static readonly ScriptBlock import = ScriptBlock.Create("param($importName, $importBody, $importFrom) $imported = New-Module -Name $importName -ScriptBlock $importBody -ArgumentList $importFrom; $imported.PrivateData = @{ ImplicitRemoting = $true }; Import-Module $imported -DisableNameChecking -PassThru");

    [Parameter(Mandatory = true, Position = 0)] public LabSession Session { get; set; } = null!;
    [Parameter(Position = 2)] public string[] CommandName { get; set; } = ["*"];
    [Parameter(Position = 3)] public string[] FormatTypeName { get; set; } = [];
    [Parameter] public string Prefix { get; set; } = "";
    [Parameter] public SwitchParameter AllowClobber { get; set; }
    [Parameter] public SwitchParameter DisableNameChecking { get; set; }
    [Parameter] public string[] Module { get; set; } = [];
    [Parameter] public string[] CommandType { get; set; } = [];
    [Parameter] public object[] ArgumentList { get; set; } = [];

    /// <summary>Signs the temporary module: needed under AllSigned.</summary>
    [Parameter] public X509Certificate2? Certificate { get; set; }

    protected override void EndProcessing()
    {
        var policy = LabContext.Current.Policies.Effective;
        if (policy == "Restricted" || (policy == "AllSigned" && !CanSign(Certificate)))
        {
            var failure = new PSSecurityException("Files cannot be loaded because running scripts is disabled on this system. Provide a valid certificate with which to sign the files.");
            ThrowTerminatingError(new ErrorRecord(failure, "UnauthorizedAccess", ErrorCategory.SecurityError, null));
        }
        var chosen = Endpoint.Commands(Session).Where(Chosen).ToArray();
        RefuseMissing(chosen);
        var text = new StringBuilder();
        var build = Session.Far.Build ?? "";
        foreach (var command in chosen)
        {
            var name = Prefix.Length == 0 ? command.Name : command.Name.Replace("-", "-" + Prefix);
            if (!AllowClobber && InvokeCommand.GetCommand(name, CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias) is { } there)
            {
                WriteWarning($"Proxy creation has been skipped for the following command: '{there.Name}', because it would shadow an existing local command.  Use the AllowClobber parameter if you want to shadow existing local commands.");
                continue;
            }
            text.Append(Proxy.Text(name, command, build));
        }
        if (text.Length == 0)
        {
            var failure = new RuntimeException($"No command proxies have been created, because all of the requested remote commands would shadow existing local commands.  Use the AllowClobber parameter if you want to shadow existing local commands.");
            ThrowTerminatingError(new ErrorRecord(failure, "ErrorNoCommandsImportedBecauseOfSkipping", ErrorCategory.InvalidResult, null));
        }
        var made = InvokeCommand.InvokeScript(false, import, null, $"tmp_{Guid.NewGuid().ToString("N")[..8]}", Proxy.Module(text.ToString()), Session.InstanceId);
        WriteObject(made, enumerateCollection: true);
    }

    /// <summary>A name without wildcards that the far Get-Command does not find is its error, written here too; nothing found at all is the end (PS-IRC).</summary>
    private void RefuseMissing(FunctionInfo[] chosen)
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(CommandName)))
        {
            return;
        }
        foreach (var name in CommandName.Where(each => !WildcardPattern.ContainsWildcardCharacters(each) && !chosen.Any(command => command.Name.Equals(each, StringComparison.OrdinalIgnoreCase))))
        {
            var missing = new CommandNotFoundException($"The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.");
            WriteError(new ErrorRecord(missing, "CommandNotFoundException", ErrorCategory.ObjectNotFound, name));
        }
        if (chosen.Length == 0)
        {
            var failure = new RuntimeException("Running the Get-Command command in a remote session returned no results.");
            ThrowTerminatingError(new ErrorRecord(failure, "ErrorNoResultsFromRemoteEnd", ErrorCategory.InvalidResult, null));
        }
    }

    /// <summary>A certificate for code signing.</summary>
    private static bool CanSign(X509Certificate2? certificate) =>
        certificate?.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == "1.3.6.1.5.5.7.3.3")) is true;

    private bool Chosen(FunctionInfo command) => CommandName.Any(each => new WildcardPattern(each, WildcardOptions.IgnoreCase).IsMatch(command.Name));
}

/// <summary>Writes the text of one proxy function from the far function's parameters.</summary>
internal static class Proxy
{
    private static readonly HashSet<string> Local = new(PSCmdlet.CommonParameters, StringComparer.OrdinalIgnoreCase);

    private static readonly ConcurrentDictionary<(string Name, string Command, string Build), string> Texts = new();
    private static readonly ConcurrentDictionary<string, ScriptBlock> Modules = new();

    /// <summary>A module's body, compiled once for all sessions that import the same commands; the session is its argument.</summary>
    public static ScriptBlock Module(string functions) => Modules.GetOrAdd(functions, text => ScriptBlock.Create("param($Session)\n" + text));

    /// <summary>The far function's parameters are the module file's, and those its server's build still has: the same in each session to such a build.</summary>
    public static string Text(string name, FunctionInfo command, string build) => Texts.GetOrAdd((name, command.Name, build), _ => Write(name, command, build));

    private static string Write(string name, FunctionInfo command, string build)
    {
        var old = build.Length == 0 ? [] : Table.OldParameters(command.Name).Where(each => Builds.IsOlder(build, each.Until)).Select(each =>
            $"        [Parameter({(each.Set is null ? "" : $"ParameterSetName='{each.Set}', ")}Mandatory=${each.Required})]\n        [string]\n        ${{{each.Name}}}");
        var parameters = command.Parameters.Values.Where(each => !Local.Contains(each.Name)).Select(Parameter).Concat(old);
        var set = command.DefaultParameterSet is { Length: > 0 } byDefault ? $"DefaultParameterSetName='{byDefault}', " : "";
        return $$"""
            function {{name}} {
                [CmdletBinding({{set}}PositionalBinding=$false)]
                param(
            {{string.Join(",\n", parameters)}}
                )
                process { Invoke-Proxy '{{command.Name}}' $Session $PSBoundParameters }
            }

            """;
    }

    private static string Parameter(ParameterMetadata parameter)
    {
        var text = new StringBuilder();
        foreach (var (set, flags) in parameter.ParameterSets)
        {
            var parts = new List<string>();
            if (set != "__AllParameterSets") parts.Add($"ParameterSetName='{set}'");
            if (flags.IsMandatory) parts.Add("Mandatory=$true");
            if (flags.Position != int.MinValue) parts.Add($"Position={flags.Position}");
            if (flags.ValueFromPipeline) parts.Add("ValueFromPipeline=$true");
            if (flags.ValueFromPipelineByPropertyName) parts.Add("ValueFromPipelineByPropertyName=$true");
            if (flags.ValueFromRemainingArguments) parts.Add("ValueFromRemainingArguments=$true");
            text.Append($"        [Parameter({string.Join(", ", parts)})]\n");
        }
        if (parameter.Aliases.Count > 0)
        {
            text.Append($"        [Alias({string.Join(", ", parameter.Aliases.Select(each => $"'{each}'"))})]\n");
        }
        return text.Append($"        [{TypeName(parameter)}]\n        ${{{parameter.Name}}}").ToString();
    }

    /// <summary>A type this side does not know arrives as object, as over real remoting.</summary>
    private static string TypeName(ParameterMetadata parameter) =>
        parameter.SwitchParameter ? "switch"
        : parameter.ParameterType.Namespace is { } space && space.StartsWith("System", StringComparison.Ordinal) && !parameter.ParameterType.IsGenericType ? parameter.ParameterType.FullName!
        : "object";
}

/// <summary>The body of every proxy function.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Proxy")]
public sealed class InvokeProxy : PSCmdlet
{
    private static readonly string[] ClientSide = ["OutVariable", "OutBuffer", "PipelineVariable"];
    private FarCalls? calls;

    [Parameter(Mandatory = true, Position = 0)] public string Name { get; set; } = "";
    [Parameter(Mandatory = true, Position = 1)] public Guid Session { get; set; }
    [Parameter(Mandatory = true, Position = 2)] public IDictionary<string, object?> Bound { get; set; } = new Dictionary<string, object?>();

    protected override void EndProcessing()
    {
        var near = LabContext.Current;
        if (near.Sessions.All.FirstOrDefault(each => each.InstanceId == Session) is not { } session)
        {
            var failure = new InvalidOperationException($"Session for implicit remoting module is not available: it was removed.");
            WriteError(new ErrorRecord(failure, "ImplicitRemotingSessionMissing", ErrorCategory.ResourceUnavailable, Name));
            return;
        }
        var command = new PSCommand();
        command.AddCommand(Name);
        foreach (var (name, value) in Bound.Where(each => !ClientSide.Contains(each.Key, StringComparer.OrdinalIgnoreCase)))
        {
            command.AddParameter(name, value is SwitchParameter flag ? flag.IsPresent : Wire.Pass(value));
        }
        calls = new FarCalls([new FarCall(session, command, [], showComputer: false)], 1, near.Kill);
        calls.Run(this);
    }

    protected override void StopProcessing() => calls?.Stop();
}
