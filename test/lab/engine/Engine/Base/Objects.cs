// New-Object, Add-Member, Get-Member, Add-Type, Invoke-Expression, Get-Host, Tee-Object, Select-String.
using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Lab;

[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObject : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string TypeName { get; set; } = "";
    [Parameter(Position = 1), Alias("Args")] public object?[] ArgumentList { get; set; } = [];
    [Parameter] public IDictionary? Property { get; set; }

    protected override void EndProcessing()
    {
        if (TypeName.ToUpperInvariant() is "PSOBJECT" or "PSCUSTOMOBJECT" or "SYSTEM.MANAGEMENT.AUTOMATION.PSOBJECT")
        {
            WriteObject(Filled(new PSObject()));
            return;
        }
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            var missing = new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded.");
            ThrowTerminatingError(new ErrorRecord(missing, "TypeNotFound", ErrorCategory.InvalidType, null));
        }
        try
        {
            // the engine's own binder chooses the constructor, as [type]::new() does
            var maker = ScriptBlock.Create("param($type, $arguments) , $type::new.Invoke($arguments)");
            var made = ArgumentList.Length == 0 && type!.IsValueType ? Activator.CreateInstance(type) : maker.Invoke(type, ArgumentList)[0];
            WriteObject(Property is null ? made : Filled(PSObject.AsPSObject(made)));
        }
        catch (RuntimeException failure)
        {
            ThrowTerminatingError(new ErrorRecord(failure.InnerException ?? failure, "ConstructorInvokedThrowException,Microsoft.PowerShell.Commands.NewObjectCommand", ErrorCategory.InvalidOperation, null));
        }
    }

    private PSObject Filled(PSObject result)
    {
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            if (result.Properties[entry.Key.ToString()] is { IsSettable: true } there)
            {
                there.Value = entry.Value;
            }
            else
            {
                result.Properties.Add(new PSNoteProperty(entry.Key.ToString(), entry.Value));
            }
        }
        return result;
    }
}

[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "Member")]
public sealed class AddMember : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)] public PSObject InputObject { get; set; } = new();
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Member"), Alias("Type")] public PSMemberTypes MemberType { get; set; }
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Member")] public string Name { get; set; } = "";
    [Parameter(Position = 2, ParameterSetName = "Member")] public object? Value { get; set; }
    [Parameter(Position = 3, ParameterSetName = "Member")] public object? SecondValue { get; set; }
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Note")] public string NotePropertyName { get; set; } = "";
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Note"), AllowNull] public object? NotePropertyValue { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "Notes")] public IDictionary NotePropertyMembers { get; set; } = new Hashtable();
    [Parameter] public string? TypeName { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (TypeName is not null)
        {
            InputObject.TypeNames.Insert(0, TypeName);
        }
        PSMemberInfo[] members = ParameterSetName switch
        {
            "Note" => [new PSNoteProperty(NotePropertyName, NotePropertyValue)],
            "Notes" => [.. NotePropertyMembers.Cast<DictionaryEntry>().Select(each => new PSNoteProperty(each.Key.ToString(), each.Value))],
            _ => [Member()],
        };
        foreach (var member in members)
        {
            if (InputObject.Members[member.Name] is not null && !Force)
            {
                var failure = new InvalidOperationException($"Cannot add a member with the name \"{member.Name}\" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.");
                WriteError(new ErrorRecord(failure, "MemberAlreadyExists", ErrorCategory.InvalidOperation, InputObject));
                continue;
            }
            InputObject.Members.Remove(member.Name);
            InputObject.Members.Add(member);
        }
        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private PSMemberInfo Member() => MemberType switch
    {
        PSMemberTypes.NoteProperty => new PSNoteProperty(Name, Value),
        PSMemberTypes.ScriptProperty => new PSScriptProperty(Name, Script(Value), SecondValue is null ? null : Script(SecondValue)),
        PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, Script(Value)),
        PSMemberTypes.AliasProperty => new PSAliasProperty(Name, Value?.ToString()),
        _ => throw new PSNotSupportedException($"Add-Member does not add a {MemberType} here."),
    };

    private static ScriptBlock Script(object? value) => (ScriptBlock)((value as PSObject)?.BaseObject ?? value!);
}

[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMember : PSCmdlet
{
    private readonly HashSet<string> told = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public string[] Name { get; set; } = ["*"];
    [Parameter, Alias("Type")] public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;
    [Parameter] public SwitchParameter Static { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null || !told.Add(InputObject.TypeNames.FirstOrDefault() ?? ""))
        {
            return;
        }
        foreach (var member in Name.SelectMany(each => InputObject.Members.Match(each, MemberType)).Where(each => Force || !each.Name.Contains('_')).OrderBy(each => each.MemberType.ToString()).ThenBy(each => each.Name))
        {
            var result = new PSObject();
            result.Properties.Add(new PSNoteProperty("TypeName", InputObject.TypeNames[0]));
            result.Properties.Add(new PSNoteProperty("Name", member.Name));
            result.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
            result.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
            result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.MemberDefinition");
            WriteObject(result);
        }
    }
}

/// <summary>Only loads what is there already; compiling is not part of the simulation.</summary>
[Cmdlet(VerbsCommon.Add, "Type")]
public sealed class AddType : PSCmdlet
{
    [Parameter(Mandatory = true), Alias("AN")] public string[] AssemblyName { get; set; } = [];
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing() { }
}

[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
public sealed class InvokeExpression : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)] public string Command { get; set; } = "";

    protected override void ProcessRecord() => WriteObject(InvokeCommand.InvokeScript(false, ScriptBlock.Create(Command), null), enumerateCollection: true);
}

[Cmdlet(VerbsCommon.Get, "Host")]
public sealed class GetHost : PSCmdlet
{
    protected override void EndProcessing() => WriteObject(Host);
}

[Cmdlet("Tee", "Object")]
public sealed class TeeObject : PSCmdlet
{
    private readonly List<PSObject?> items = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "Variable")] public string Variable { get; set; } = "";

    protected override void ProcessRecord()
    {
        items.Add(InputObject);
        WriteObject(InputObject);
    }

    protected override void EndProcessing() => SessionState.PSVariable.Set(Variable, items.Count == 1 ? items[0] : items.ToArray());
}

[Cmdlet(VerbsCommon.Select, "String")]
public sealed class SelectString : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Mandatory = true, Position = 0)] public string[] Pattern { get; set; } = [];
    [Parameter] public SwitchParameter SimpleMatch { get; set; }
    [Parameter] public SwitchParameter CaseSensitive { get; set; }
    [Parameter] public SwitchParameter Quiet { get; set; }
    [Parameter] public SwitchParameter NotMatch { get; set; }

    protected override void ProcessRecord()
    {
        var line = InputObject?.ToString() ?? "";
        var options = CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase;
        if (Pattern.Any(each => Regex.IsMatch(line, SimpleMatch ? Regex.Escape(each) : each, options)) == NotMatch)
        {
            return;
        }
        WriteObject(Quiet ? true : line);
    }
}
