// What the real parser says of a script, as facts for an allow-list: nothing is run.
using System.Management.Automation.Language;
using System.Text.Json.Nodes;

namespace Lab;

public static class Gate
{
    /// <summary>The parser's errors, and which commands, types, members, variables, tokens and kinds of syntax a script holds.</summary>
    public static JsonObject Parse(string text)
    {
        var tree = Parser.ParseInput(text, out var tokens, out var errors);
        var nodes = tree.FindAll(_ => true, searchNestedScriptBlocks: true).ToList();
        return new JsonObject
        {
            ["errors"] = Texts(errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}")),
            ["commands"] = new JsonArray(nodes.OfType<CommandAst>().Select(JsonNode (command) => Command(command)).ToArray()),
            ["functions"] = new JsonArray(nodes.OfType<FunctionDefinitionAst>().Select(JsonNode (function) => new JsonObject
            {
                ["name"] = function.Name,
                ["lines"] = function.Extent.EndLineNumber - function.Extent.StartLineNumber + 1,
            }).ToArray()),
            ["types"] = Texts(nodes.Select(TypeName).OfType<string>()),
            ["members"] = Texts(nodes.OfType<MemberExpressionAst>().Select(member => (member.Static ? "::" : ".") + Member(member))),
            ["variables"] = Texts(nodes.OfType<VariableExpressionAst>().Select(variable => variable.VariablePath.UserPath)),
            ["operators"] = Texts(nodes.OfType<BinaryExpressionAst>().Select(each => each.Operator.ToString()).Concat(nodes.OfType<UnaryExpressionAst>().Select(each => each.TokenKind.ToString()))),
            ["syntax"] = Texts(nodes.Select(node => node.GetType().Name)),
            ["tokens"] = Texts(tokens.Select(token => token.Kind.ToString())),
            ["numbers"] = Texts(tokens.OfType<NumberToken>().Select(token => token.Text)),
            ["escapes"] = Texts(tokens.Where(token => token.Kind is not (TokenKind.Comment or TokenKind.StringLiteral) && token.Text.Contains('`')).Select(token => token.Text)),
            ["background"] = nodes.OfType<PipelineAst>().Any(pipeline => pipeline.Background),
            ["clean"] = nodes.OfType<ScriptBlockAst>().Any(block => block.CleanBlock is not null),
            ["leadingPipe"] = LeadingPipe(tokens),
        };
    }

    /// <summary>The texts of an array of constants as the parser reads them: strings, [char] of a number, and sums of both; throws for anything else.</summary>
    public static JsonArray Constants(string text)
    {
        var tree = Parser.ParseInput(text, out _, out var errors);
        var only = errors.Length == 0 ? tree.EndBlock.Statements.Single() : throw new ArgumentException(errors[0].Message);
        var list = ((ArrayExpressionAst)Expression(only)).SubExpression.Statements.Single();
        var elements = Expression(list) is ArrayLiteralAst array ? array.Elements : [Expression(list)];
        return new JsonArray([.. elements.Select(each => (JsonNode)Text(each))]);
    }

    private static ExpressionAst Expression(StatementAst statement) => ((CommandExpressionAst)((PipelineAst)statement).PipelineElements.Single()).Expression;

    private static string Text(ExpressionAst node) => node switch
    {
        ParenExpressionAst paren => Text(Expression((StatementAst)paren.Pipeline)),
        BinaryExpressionAst { Operator: TokenKind.Plus } sum => Text(sum.Left) + Text(sum.Right),
        ConvertExpressionAst { Type.TypeName.FullName: "char", Child: ConstantExpressionAst { Value: int code } } => ((char)code).ToString(),
        StringConstantExpressionAst { StringConstantType: StringConstantType.SingleQuoted } constant => constant.Value,
        _ => throw new ArgumentException($"not a constant: {node.Extent.Text}"),
    };

    /// <summary>A command by its constant name (null: computed), with parameters as written and whether it is splatted to.</summary>
    private static JsonObject Command(CommandAst command)
    {
        var elements = command.CommandElements;
        return new JsonObject
        {
            ["name"] = command.GetCommandName(),
            ["line"] = command.Extent.StartLineNumber,
            ["text"] = elements[0].Extent.Text,
            ["parameters"] = new JsonArray(elements.OfType<CommandParameterAst>().Select(JsonNode (each) => each.ParameterName).ToArray()),
            ["positional"] = elements.Skip(1).Where((each, index) => each is not CommandParameterAst && !Belongs(elements, index + 1)).Count(),
            ["splatted"] = new JsonArray(elements.OfType<VariableExpressionAst>().Where(each => each.Splatted).Select(JsonNode (each) => each.VariablePath.UserPath).ToArray()),
            ["operator"] = command.InvocationOperator.ToString(),
        };
    }

    /// <summary>Whether an element may be the value of the parameter before it.</summary>
    private static bool Belongs(IReadOnlyList<CommandElementAst> elements, int index) =>
        elements[index - 1] is CommandParameterAst { Argument: null } || elements[index] is VariableExpressionAst { Splatted: true };

    private static string? TypeName(Ast node) => node switch
    {
        TypeExpressionAst type => type.TypeName.FullName,
        TypeConstraintAst type => type.TypeName.FullName,
        AttributeAst attribute => attribute.TypeName.FullName,
        _ => null,
    };

    private static string Member(MemberExpressionAst member) =>
        (member.Member is StringConstantExpressionAst name ? name.Value : "(computed)") + (member is InvokeMemberExpressionAst ? "()" : "");

    /// <summary>A line that begins with a pipe goes on the one before only since PowerShell 7.</summary>
    private static bool LeadingPipe(Token[] tokens) =>
        tokens.Zip(tokens.Skip(1)).Any(pair => pair.First.Kind is TokenKind.NewLine && pair.Second.Kind is TokenKind.Pipe)
        || tokens.Where((token, index) => token.Kind == TokenKind.Pipe && index > 0 && tokens[index - 1].Extent.EndLineNumber < token.Extent.StartLineNumber).Any();

    private static JsonArray Texts(IEnumerable<string> texts) =>
        new(texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(JsonNode (text) => text).ToArray());
}
