// What of a script block may cross a session: $using: values are carried along; the no-language endpoint takes commands with constants only.
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;

namespace Lab;

public static class FarText
{
    private static readonly string[] EndpointCommands = ["Get-Command", "Get-Help", "Get-FormatData", "Select-Object", "Measure-Object", "Out-Default", "Exit-PSSession"];

    /// <summary>The command for the far side; sets what $using: names there. Throws for what the endpoint does not take.</summary>
    public static PSCommand Command(ScriptBlock script, object?[] arguments, LabSession session, SessionState near) =>
        session.Far.Kind == SessionKind.ExchangeEndpoint ? Constant(script, arguments, session) : Script(script, arguments, session, near);

    private static PSCommand Script(ScriptBlock script, object?[] arguments, LabSession session, SessionState near)
    {
        var root = script.Ast;
        var text = new StringBuilder(root is ScriptBlockAst && root.Parent is ScriptBlockExpressionAst ? root.Extent.Text[1..^1] : root.Extent.Text);
        var shift = root.Extent.StartOffset + (root.Parent is ScriptBlockExpressionAst ? 1 : 0);
        foreach (var use in root.FindAll(each => each is UsingExpressionAst, true).Cast<UsingExpressionAst>().OrderByDescending(each => each.Extent.StartOffset))
        {
            var variable = UsingExpressionAst.ExtractUsingVariable(use);
            var name = variable.VariablePath.UserPath;
            var value = near.PSVariable.Get(name) ?? throw Refusal("UsingVariableIsUndefined", $"The value of the using variable '$using:{name}' cannot be retrieved because it has not been set in the local session.", ErrorCategory.InvalidArgument);
            var carried = "__using_" + name.Replace(':', '_');
            session.Runspace.SessionStateProxy.SetVariable(carried, Wire.Pass(value.Value));
            text.Remove(use.Extent.StartOffset - shift, variable.Extent.EndOffset - use.Extent.StartOffset);
            text.Insert(use.Extent.StartOffset - shift, "${" + carried + "}");
        }
        var command = new PSCommand();
        command.AddScript(text.ToString());
        foreach (var argument in arguments)
        {
            command.AddArgument(Wire.Pass(argument));
        }
        return command;
    }

    private static PSCommand Constant(ScriptBlock script, object?[] arguments, LabSession session)
    {
        var ast = (ScriptBlockAst)script.Ast;
        if (arguments.Length > 0 || ast.ParamBlock is not null || ast.BeginBlock is not null || ast.ProcessBlock is not null
            || ast.EndBlock?.Statements is not [PipelineAst pipeline] || pipeline.PipelineElements.Any(each => each is not CommandAst { Redirections.Count: 0 }))
        {
            throw NoLanguage();
        }
        var command = new PSCommand();
        foreach (var part in pipeline.PipelineElements.Cast<CommandAst>())
        {
            var name = part.GetCommandName() ?? throw NoLanguage();
            if (part.InvocationOperator != TokenKind.Unknown)
            {
                throw NoLanguage();
            }
            if (!EndpointCommands.Contains(name, StringComparer.OrdinalIgnoreCase) && !Endpoint.Offers(session, name))
            {
                throw Refusal("CommandNotFoundException", $"The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.", ErrorCategory.ObjectNotFound);
            }
            command.AddCommand(name);
            AddArguments(command, part);
        }
        return command;
    }

    private static void AddArguments(PSCommand command, CommandAst part)
    {
        for (var index = 1; index < part.CommandElements.Count; index++)
        {
            if (part.CommandElements[index] is not CommandParameterAst parameter)
            {
                command.AddArgument(Value(part.CommandElements[index]));
                continue;
            }
            var value = parameter.Argument ?? (index + 1 < part.CommandElements.Count && part.CommandElements[index + 1] is not CommandParameterAst ? part.CommandElements[++index] : null);
            if (value is null)
            {
                command.AddParameter(parameter.ParameterName);
            }
            else
            {
                command.AddParameter(parameter.ParameterName, Value(value));
            }
        }
    }

    private static object? Value(Ast ast)
    {
        try
        {
            return ast is ExpressionAst expression && ast.Find(NeedsLanguage, true) is null ? expression.SafeGetValue() : throw NoLanguage();
        }
        catch (InvalidOperationException)
        {
            throw NoLanguage();
        }
    }

    private static bool NeedsLanguage(Ast ast) =>
        ast is UsingExpressionAst or ScriptBlockExpressionAst or SubExpressionAst or ParenExpressionAst
        || ast is ExpandableStringExpressionAst { NestedExpressions.Count: > 0 }
        || (ast is VariableExpressionAst variable && variable.VariablePath.UserPath.ToUpperInvariant() is not ("TRUE" or "FALSE" or "NULL"));

    private static RemoteRefusal NoLanguage() =>
        Refusal("ScriptsNotAllowed", "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode.", ErrorCategory.ParserError);

    private static RemoteRefusal Refusal(string id, string message, ErrorCategory category) => new(new ErrorRecord(new RemoteException(message), id, category, null));
}

/// <summary>The far side does not take what it was sent.</summary>
public sealed class RemoteRefusal(ErrorRecord record) : Exception(record.Exception.Message)
{
    public ErrorRecord Record { get; } = record;
}

/// <summary>What the Exchange endpoint offers: the functions of the simulation's Exchange module.</summary>
public static class Endpoint
{
    public static bool Offers(LabSession session, string name) => Commands(session).Any(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The commands a session has besides the base ones.</summary>
    public static IReadOnlyList<FunctionInfo> Commands(LabSession session)
    {
        var caller = Runspace.DefaultRunspace;
        try
        {
            Runspace.DefaultRunspace = session.Runspace;
            return [.. session.Runspace.SessionStateProxy.InvokeCommand.GetCommands("*", CommandTypes.Function, true).OfType<FunctionInfo>().Where(each => each.ModuleName is "Exchange" or "Server")];
        }
        finally
        {
            Runspace.DefaultRunspace = caller;
        }
    }
}
