// The type of an expression as far as the text tells it: casts, constructors, calls, assignments and known commands; the rest stays unknown.
using System.Management.Automation.Language;

namespace Witness;

/// <summary>Net: a type of the newest framework, null where the text does not tell it. Item: what a list or a pipeline has.</summary>
public sealed record Typed(Type? Net, Typed? Item = null)
{
    public static readonly Typed Unknown = new(Net: null);

    public bool IsList => Net is not null && (Net.IsArray || Net.FullName == "System.Array");

    /// <summary>One of the list; of what is no list, itself.</summary>
    public Typed Scalar => !IsList ? this : Net!.IsArray ? new(Net.GetElementType()) : Item ?? Unknown;
}

/// <summary>`trees`: the text first, then those whose functions it uses.</summary>
public sealed class Inference
{
    readonly Framework framework;
    readonly Variables variables;
    readonly FunctionDefinitionAst[] functions;
    readonly Dictionary<Ast, Typed> known = [];
    readonly HashSet<Ast> busy = [];
    readonly Dictionary<ScriptBlockAst, Typed> items = [];

    public Inference(Framework framework, IReadOnlyList<Ast> trees)
    {
        this.framework = framework;
        variables = new(this, trees);
        functions = [.. trees.SelectMany(tree => tree.FindAll(node => node is FunctionDefinitionAst, true)).Cast<FunctionDefinitionAst>()];
        foreach (var pipeline in trees[0].FindAll(node => node is PipelineAst, true))
        {
            Of(pipeline); // tells each block what its $_ is
        }
    }

    public Typed Named(string name) => new(framework.Find(name));

    public Typed ListOf(Typed item) => new(framework.Find("System.Array"), item);

    public Typed? ItemOf(ScriptBlockAst block) => items.GetValueOrDefault(block);

    /// <summary>One type where all agree; those that are not known yet (null) do not count.</summary>
    public static Typed? Union(IEnumerable<Typed?> all)
    {
        Typed[] told = [.. all.OfType<Typed>()];
        if (told.Length == 0)
        {
            return null;
        }
        return told.All(one => one.Net == told[0].Net) ? new(told[0].Net, Union(told.Select(one => one.Item))) : Typed.Unknown;
    }

    /// <summary>Null where the node is being asked already, as a variable that is assigned from itself.</summary>
    public Typed? Of(Ast? node)
    {
        if (node is null || known.TryGetValue(node, out _))
        {
            return node is null ? Typed.Unknown : known[node];
        }
        if (!busy.Add(node))
        {
            return null;
        }
        var type = Infer(node) ?? Typed.Unknown;
        busy.Remove(node);
        return known[node] = type;
    }

    Typed? Infer(Ast node) => node switch
    {
        StringConstantExpressionAst or ExpandableStringExpressionAst => Named("string"),
        ConstantExpressionAst constant => Named(constant.StaticType.FullName!),
        ArrayLiteralAst list => ListOf(Union(list.Elements.Select(Of)) ?? Typed.Unknown),
        ArrayExpressionAst list => ListOf(Output(list.SubExpression) ?? Typed.Unknown),
        HashtableAst => Named("hashtable"),
        ConvertExpressionAst cast => Named(cast.Type.TypeName.FullName),
        ParenExpressionAst parenthesis => Of(parenthesis.Pipeline),
        SubExpressionAst sub => Output(sub.SubExpression),
        VariableExpressionAst variable => variables.Of(variable),
        InvokeMemberExpressionAst call => Call(call),
        MemberExpressionAst member => Property(member),
        IndexExpressionAst index => Of(index.Target) is { IsList: true } list ? list.Scalar : Typed.Unknown,
        UnaryExpressionAst unary => unary.TokenKind is TokenKind.Not or TokenKind.Exclaim ? Named("bool") : Of(unary.Child),
        BinaryExpressionAst binary => Binary(binary),
        PipelineAst pipeline => Pipeline(pipeline),
        CommandExpressionAst expression => Of(expression.Expression),
        AssignmentStatementAst assignment => Of(assignment.Right),
        StatementAst or NamedBlockAst => Output(node),
        _ => Typed.Unknown,
    };

    Typed? Binary(BinaryExpressionAst binary) => binary.Operator switch
    {
        TokenKind.Format or TokenKind.Join or TokenKind.Ireplace or TokenKind.Creplace => Named("string"),
        TokenKind.Isplit or TokenKind.Csplit => Named("string[]"),
        TokenKind.As => binary.Right is TypeExpressionAst type ? Named(type.TypeName.FullName) : Typed.Unknown,
        TokenKind.Plus or TokenKind.Minus or TokenKind.Multiply => Of(binary.Left),
        _ => Named("bool"),
    };

    /// <summary>What the statements of a block write; null where they write nothing. Lists are unrolled.</summary>
    Typed? Output(Ast block)
    {
        IEnumerable<Ast> statements = block switch
        {
            StatementBlockAst body => body.Statements,
            NamedBlockAst body => body.Statements,
            IfStatementAst branch => branch.Clauses.Select(one => one.Item2).Append(branch.ElseClause).OfType<Ast>(),
            TryStatementAst attempt => attempt.CatchClauses.Select(one => one.Body).Prepend(attempt.Body),
            LoopStatementAst loop => [loop.Body],
            _ => [],
        };
        return Union(statements.Select(statement => statement switch
        {
            ReturnStatementAst { Pipeline: { } value } => Of(value)?.Scalar,
            PipelineAst value => Of(value) is { } told && told.Net?.FullName != "System.Void" ? told.Scalar : null,
            StatementBlockAst or IfStatementAst or TryStatementAst or LoopStatementAst => Output(statement),
            _ => null,
        }));
    }

    Typed? Pipeline(PipelineAst pipeline)
    {
        Typed? current = null;
        foreach (var element in pipeline.PipelineElements)
        {
            current = element switch
            {
                CommandExpressionAst value => pipeline.PipelineElements.Count > 1 ? Of(value.Expression)?.Scalar : Of(value.Expression),
                CommandAst command => Command(command, current ?? Typed.Unknown),
                _ => Typed.Unknown,
            };
        }
        return current;
    }

    Typed? Command(CommandAst command, Typed input)
    {
        var name = command.GetCommandName() ?? "";
        var blocks = command.CommandElements.OfType<ScriptBlockExpressionAst>().Select(one => one.ScriptBlock).ToArray();
        foreach (var block in blocks.Where(_ => name is "Where-Object" or "ForEach-Object"))
        {
            items[block] = input;
        }
        if (name == "ForEach-Object")
        {
            return blocks.LastOrDefault()?.EndBlock is { } end ? Output(end) : Typed.Unknown;
        }
        if (name is "Where-Object" or "Sort-Object" or "Select-Object")
        {
            return input;
        }
        if (name == "New-Object" && command.CommandElements.OfType<StringConstantExpressionAst>().ElementAtOrDefault(1) is { } type)
        {
            return Named(type.Value);
        }
        if (Returned.By(name, command.Extent.Text) is { } returned)
        {
            return Named(returned);
        }
        var function = functions.FirstOrDefault(one => Facts.Same(one.Name, name));
        return function?.Body.EndBlock is { } body ? Of(body) : Typed.Unknown;
    }

    Typed? Property(MemberExpressionAst member)
    {
        if (member.Member is not StringConstantExpressionAst name)
        {
            return Typed.Unknown;
        }
        if (member.Static)
        {
            return member.Expression is TypeExpressionAst type ? Value(Named(type.TypeName.FullName), name.Value, true) : Typed.Unknown;
        }
        var on = Of(member.Expression) ?? Typed.Unknown;
        if (Value(on, name.Value, false) is { Net: not null } own)
        {
            return own;
        }
        var each = on.IsList ? Value(on.Scalar, name.Value, false) : Typed.Unknown;
        return each.Net is null ? Typed.Unknown : ListOf(each);
    }

    static Typed Value(Typed on, string name, bool isStatic) => on.Net is null ? Typed.Unknown : new(Members.Value(on.Net, name, isStatic));

    Typed? Call(InvokeMemberExpressionAst call)
    {
        var on = call.Static
            ? call.Expression is TypeExpressionAst type ? Named(type.TypeName.FullName) : Typed.Unknown
            : Of(call.Expression) ?? Typed.Unknown;
        if (on.Net is null || call.Member is not StringConstantExpressionAst name)
        {
            return Typed.Unknown;
        }
        if (call.Static && Facts.Same(name.Value, "new"))
        {
            return on;
        }
        var returns = Members.Methods(on.Net, name.Value, call.Static, call.Arguments?.Count ?? 0)
            .OfType<System.Reflection.MethodInfo>().Select(one => one.ReturnType).Distinct().ToArray();
        return returns.Length == 1 ? new(returns[0]) : Typed.Unknown;
    }
}
