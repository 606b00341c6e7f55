// Get-, Set-, New-, Remove- and Clear-Variable; Get-, Set- and New-Alias; Get- and Set-ExecutionPolicy.
using System.Management.Automation;

namespace Lab;

public abstract class VariableCmdlet : PSCmdlet
{
    [Parameter] public string Scope { get; set; } = "";

    /// <summary>The name as the engine's own path syntax spells a scope.</summary>
    protected string Scoped(string name) => Scope.Length == 0 ? name : $"{Scope}:{name}";
}

[Cmdlet(VerbsCommon.Get, "Variable")]
public sealed class GetVariable : VariableCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)] public string[] Name { get; set; } = ["*"];
    [Parameter] public SwitchParameter ValueOnly { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var wild = WildcardPattern.ContainsWildcardCharacters(name);
            var found = wild ? InvokeProvider.Item.Get($"Variable:{name}").Select(each => each.BaseObject).OfType<PSVariable>().ToList()
                : SessionState.PSVariable.Get(Scoped(name)) is { } one ? [one] : [];
            if (found.Count == 0 && !wild)
            {
                var missing = new ItemNotFoundException($"Cannot find a variable with the name '{name}'.");
                WriteError(new ErrorRecord(missing, "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            }
            foreach (var variable in found)
            {
                WriteObject(ValueOnly ? variable.Value : variable);
            }
        }
    }
}

public abstract class VariableSetter : VariableCmdlet
{
    private readonly List<object?> values = [];

    [Parameter(Mandatory = true, Position = 0)] public string[] Name { get; set; } = [];
    [Parameter(Position = 1, ValueFromPipeline = true)] public object? Value { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }
    [Parameter] public ScopedItemOptions Option { get; set; }
    [Parameter] public string Description { get; set; } = "";

    protected abstract bool MustBeNew { get; }

    protected override void ProcessRecord() => values.Add(Value);

    protected override void EndProcessing()
    {
        foreach (var name in Name)
        {
            if (MustBeNew && !Force && SessionState.PSVariable.Get("local:" + name) is not null)
            {
                var failure = new SessionStateException($"A variable with name '{name}' already exists.");
                WriteError(new ErrorRecord(failure, "VariableAlreadyExists", ErrorCategory.ResourceExists, name));
                continue;
            }
            var value = values.Count switch { 0 => null, 1 => values[0], _ => values.ToArray() };
            if (Option == ScopedItemOptions.None)
            {
                SessionState.PSVariable.Set(Scoped(name), value);
            }
            else
            {
                SessionState.PSVariable.Set(new PSVariable(name, value, Option));
            }
            if (PassThru)
            {
                WriteObject(SessionState.PSVariable.Get(Scoped(name)));
            }
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Variable")]
public sealed class SetVariable : VariableSetter
{
    protected override bool MustBeNew => false;
}

[Cmdlet(VerbsCommon.New, "Variable")]
public sealed class NewVariable : VariableSetter
{
    protected override bool MustBeNew => true;
}

[Cmdlet(VerbsCommon.Remove, "Variable")]
public sealed class RemoveVariable : VariableCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)] public string[] Name { get; set; } = [];
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (SessionState.PSVariable.Get(Scoped(name)) is null)
            {
                var missing = new ItemNotFoundException($"Cannot find a variable with the name '{name}'.");
                WriteError(new ErrorRecord(missing, "VariableNotFound", ErrorCategory.ObjectNotFound, name));
                continue;
            }
            SessionState.PSVariable.Remove(Scoped(name));
        }
    }
}

[Cmdlet(VerbsCommon.Clear, "Variable")]
public sealed class ClearVariable : VariableCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string[] Name { get; set; } = [];

    protected override void EndProcessing()
    {
        foreach (var name in Name)
        {
            SessionState.PSVariable.Set(Scoped(name), null);
        }
    }
}

[Cmdlet(VerbsCommon.Get, "Alias")]
public sealed class GetAlias : PSCmdlet
{
    [Parameter(Position = 0)] public string Name { get; set; } = "*";

    protected override void EndProcessing() => WriteObject(InvokeCommand.GetCommands(Name, CommandTypes.Alias, true), true);
}

public abstract class AliasSetter : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string Name { get; set; } = "";
    [Parameter(Mandatory = true, Position = 1)] public string Value { get; set; } = "";
    [Parameter] public string Scope { get; set; } = "Local";
    [Parameter] public ScopedItemOptions Option { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void EndProcessing() => InvokeProvider.Item.Set($"Alias:{Name}", Value);
}

[Cmdlet(VerbsCommon.Set, "Alias")]
public sealed class SetAlias : AliasSetter;

[Cmdlet(VerbsCommon.New, "Alias")]
public sealed class NewAlias : AliasSetter;

[Cmdlet(VerbsCommon.Get, "ExecutionPolicy")]
public sealed class GetExecutionPolicy : PSCmdlet
{
    [Parameter(Position = 0)] public string? Scope { get; set; }
    [Parameter] public SwitchParameter List { get; set; }

    protected override void EndProcessing()
    {
        var policies = LabContext.Current.Policies;
        if (!List)
        {
            WriteObject(Scope is null ? policies.Effective : policies[Scope]);
            return;
        }
        foreach (var scope in ExecutionPolicies.Scopes)
        {
            var line = new PSObject();
            line.Properties.Add(new PSNoteProperty("Scope", scope));
            line.Properties.Add(new PSNoteProperty("ExecutionPolicy", policies[scope]));
            WriteObject(line);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "ExecutionPolicy", SupportsShouldProcess = true)]
public sealed class SetExecutionPolicy : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0), ValidateSet("Undefined", "Restricted", "AllSigned", "RemoteSigned", "Unrestricted", "Bypass")] public string ExecutionPolicy { get; set; } = "";
    [Parameter(Position = 1), ValidateSet("Process", "CurrentUser", "LocalMachine")] public string Scope { get; set; } = "LocalMachine";
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void EndProcessing()
    {
        if (ShouldProcess(Scope))
        {
            LabContext.Current.Policies[Scope] = ExecutionPolicy;
        }
    }
}
