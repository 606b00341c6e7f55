// The type of a variable, from what is assigned to it: outwards through the functions and blocks around it, then anywhere.
using System.Management.Automation.Language;

namespace Witness;

public sealed class Variables(Inference inference, IReadOnlyList<Ast> trees)
{
    /// <summary>What assigns or declares a variable, by scope and name: one walk of each scope.</summary>
    readonly Dictionary<Ast, ILookup<string, Ast>> scopes = [];

    public Typed? Of(VariableExpressionAst variable)
    {
        var name = variable.VariablePath.UserPath.ToLowerInvariant();
        if (name.StartsWith("env:", StringComparison.Ordinal))
        {
            return inference.Named("string");
        }
        if (Automatic(name) is { } automatic)
        {
            return inference.Named(automatic);
        }
        if (name is "_" or "psitem")
        {
            return Item(variable);
        }
        var plain = Plain(name);
        for (Ast? at = variable.Parent; at is not null; at = at.Parent)
        {
            if (at is FunctionDefinitionAst or ScriptBlockAst && Assigned(at, plain) is { } found)
            {
                return found;
            }
        }
        return trees.Select(tree => Assigned(tree, plain)).FirstOrDefault(one => one is not null) ?? Typed.Unknown;
    }

    /// <summary>about_Automatic_Variables.</summary>
    static string? Automatic(string name) => name switch
    {
        "true" or "false" => "bool",
        "psscriptroot" or "pscommandpath" or "psedition" => "string",
        "lastexitcode" or "global:lastexitcode" => "int",
        "psversiontable" => "hashtable",
        "executioncontext" => "System.Management.Automation.EngineIntrinsics",
        _ => null,
    };

    static string Plain(string name) => name[(name.IndexOf(':') + 1)..].ToLowerInvariant();

    Typed Item(VariableExpressionAst variable)
    {
        for (Ast? at = variable.Parent; at is not null and not FunctionDefinitionAst; at = at.Parent)
        {
            if (at is CatchClauseAst)
            {
                return inference.Named("System.Management.Automation.ErrorRecord");
            }
            if (at is ScriptBlockAst block)
            {
                return inference.ItemOf(block) ?? Typed.Unknown;
            }
        }
        return Typed.Unknown;
    }

    /// <summary>Null where the scope assigns nothing of that name.</summary>
    Typed? Assigned(Ast scope, string name)
    {
        if (!scopes.TryGetValue(scope, out var all))
        {
            all = scopes[scope] = scope.FindAll(node => Own(node, scope), true)
                .SelectMany(node => Targets(node).Select(target => (target, node)))
                .ToLookup(pair => pair.target, pair => pair.node);
        }
        var nodes = all[name].ToArray();
        if (nodes.Length == 0)
        {
            return null;
        }
        var declared = nodes.OfType<ParameterAst>().FirstOrDefault();
        return declared is not null ? Parameter(declared) : Inference.Union(nodes.Select(node => Type(node, name))) ?? Typed.Unknown;
    }

    static bool Own(Ast node, Ast scope)
    {
        for (var at = node.Parent; at is not null && at != scope; at = at.Parent)
        {
            if (at is FunctionDefinitionAst)
            {
                return false;
            }
        }
        return true;
    }

    static IEnumerable<string> Targets(Ast node) => node switch
    {
        ParameterAst parameter => Names(parameter.Name),
        AssignmentStatementAst { Operator: TokenKind.Equals } assignment => Names(assignment.Left),
        ForEachStatementAst loop => Names(loop.Variable),
        CommandAst command => ErrorVariable(command),
        _ => [],
    };

    static IEnumerable<string> Names(Ast target) => target switch
    {
        VariableExpressionAst variable => [Plain(variable.VariablePath.UserPath)],
        AttributedExpressionAst attributed => Names(attributed.Child),
        ArrayLiteralAst list => list.Elements.SelectMany(Names),
        _ => [],
    };

    static IEnumerable<string> ErrorVariable(CommandAst command) =>
        command.CommandElements.Zip(command.CommandElements.Skip(1))
            .Where(pair => pair.First is CommandParameterAst { ParameterName: "ErrorVariable" })
            .Select(pair => Plain(pair.Second.Extent.Text));

    Typed Parameter(ParameterAst parameter) =>
        parameter.Attributes.OfType<TypeConstraintAst>().FirstOrDefault() is { } constraint
            ? inference.Named(constraint.TypeName.FullName)
            : Typed.Unknown;

    Typed? Type(Ast node, string name) => node switch
    {
        AssignmentStatementAst { Left: ConvertExpressionAst cast } => inference.Of(cast),
        AssignmentStatementAst { Left: ArrayLiteralAst list } assignment => Spread(list, assignment.Right, name),
        AssignmentStatementAst { Right: CommandExpressionAst { Expression: VariableExpressionAst { VariablePath.UserPath: "null" } } } => null,
        AssignmentStatementAst assignment => inference.Of(assignment.Right),
        ForEachStatementAst loop => inference.Of(loop.Condition)?.Scalar,
        _ => inference.ListOf(inference.Named("System.Management.Automation.ErrorRecord")),
    };

    /// <summary>`$a, $b = 1, 2` by place; of a list of one kind, one of it, and the last target takes the rest.</summary>
    Typed? Spread(ArrayLiteralAst targets, StatementAst right, string name)
    {
        var at = targets.Elements.ToList().FindIndex(one => Names(one).Contains(name));
        if (right is CommandExpressionAst { Expression: ArrayLiteralAst values } && values.Elements.Count == targets.Elements.Count)
        {
            return inference.Of(values.Elements[at]);
        }
        return at == targets.Elements.Count - 1 ? Typed.Unknown : inference.Of(right)?.Scalar;
    }
}
