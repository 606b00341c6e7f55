// Reads texts from standard input, holds each against facts.json and the reference assemblies, and writes what it found, as JSON.
using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Witness;

/// <summary>Shared: the text whose functions the others use.</summary>
public sealed record Input(string Shared, Text[] Texts);

public sealed record Text(string Name, string Script);

public static partial class Program
{
    public static int Main(string[] arguments)
    {
        var input = JsonSerializer.Deserialize<Input>(Console.OpenStandardInput(), JsonSerializerOptions.Web)!;
        var standard = Path.Combine(AppContext.BaseDirectory, "standard/System.Management.Automation.dll");
        Framework[] frameworks =
        [
            .. new[] { "4.6.2", "4.7.2", "4.8" }.Select(one => new Framework(Path.Combine(AppContext.BaseDirectory, "framework", one), standard)),
        ];
        var report = new Report();
        var values = new Values(report, frameworks);
        var commands = new CommandCheck(report, new Facts(arguments[0]), values);
        var members = new MemberCheck(report, frameworks, values);
        var shared = Parser.ParseInput(input.Shared, out _, out _);
        foreach (var text in input.Texts)
        {
            report.Begin(text.Name);
            Check(text.Script, shared, frameworks[^1], (report, commands, members, values));
        }
        Console.Out.Write(report.Json());
        return 0;
    }

    static void Check(string text, Ast shared, Framework newest, (Report Report, CommandCheck Commands, MemberCheck Members, Values Values) by)
    {
        var tree = Parser.ParseInput(text, out var tokens, out var errors);
        foreach (var error in errors)
        {
            by.Report.Violation("syntax", error.Message, error.Extent);
        }
        foreach (var token in tokens.Where(IsYounger))
        {
            by.Report.Violation("syntax", $"{token.Text} is younger than 5.1", token.Extent);
        }
        var functions = Facts.Functions(tree).Concat(Facts.Functions(shared)).DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        var inference = new Inference(newest, [tree, shared]);
        foreach (var node in tree.FindAll(_ => true, true))
        {
            switch (node)
            {
                case CommandAst command:
                    by.Commands.Check(command, functions);
                    NewObject(command, by.Members);
                    break;
                case TypeExpressionAst type: by.Members.Type(type.TypeName.FullName, type); break;
                case AttributeBaseAst attribute when attribute is TypeConstraintAst or AttributeAst:
                    by.Members.Type(attribute.TypeName.FullName, attribute);
                    break;
                case MemberExpressionAst member: by.Members.Check(member, inference); break;
                case ConvertExpressionAst cast: by.Values.Check(cast); break;
            }
        }
    }

    static void NewObject(CommandAst command, MemberCheck members)
    {
        if (command.GetCommandName() == "New-Object" && command.CommandElements.OfType<StringConstantExpressionAst>().ElementAtOrDefault(1) is { } type)
        {
            members.Type(type.Value, type);
        }
    }

    /// <summary>Operators and numbers that came with PowerShell 6 and 7.</summary>
    static bool IsYounger(Token token) =>
        token.Kind is TokenKind.AndAnd or TokenKind.OrOr or TokenKind.QuestionMark or TokenKind.QuestionQuestion
            or TokenKind.QuestionQuestionEquals or TokenKind.QuestionDot or TokenKind.QuestionLBracket
        || (token is NumberToken && YoungerNumber().IsMatch(token.Text));

    [GeneratedRegex("^0b|[0-9](u|y|uy|s|us|ul|n)$", RegexOptions.IgnoreCase)]
    private static partial Regex YoungerNumber();
}
