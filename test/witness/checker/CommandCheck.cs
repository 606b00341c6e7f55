// Holds one use of a command against each witness of it: parameters, sets, what is mandatory, values by position, enum texts, editions.
using System.Management.Automation.Language;

namespace Witness;

public sealed class CommandCheck(Report report, Facts facts, Values values)
{
    /// <summary>Programs of Windows: no inventory of commands lists them.</summary>
    static readonly string[] withoutWitness = ["icacls", "iisreset"];

    /// <summary>The scripts' own splatting that pins the domain controller.</summary>
    const string Pin = "Pin";

    public void Check(CommandAst command, IReadOnlyList<Command> functions)
    {
        if (command.GetCommandName() is not { } name || name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }
        report.Count("commandUses");
        var known = facts.Of(name);
        Command[] own = [.. functions.Where(one => Facts.Same(one.Name, name))];
        if (own.Length > 0 && known.Count > 0)
        {
            report.Violation("hidden command", $"function {name} hides the command of that name", command);
        }
        if (own.Length == 0 && known.Count == 0 && !withoutWitness.Contains(name))
        {
            report.Violation("command", $"{name} is known to no witness", command);
        }
        foreach (var one in own.Length > 0 ? own : known)
        {
            Uses(command, one);
            Sets(command, one);
            Editions(command, one);
        }
    }

    static IEnumerable<CommandParameterAst> Parameters(CommandAst command) => command.CommandElements.OfType<CommandParameterAst>();

    static string[] Given(CommandAst command) =>
    [
        .. Parameters(command).Select(one => one.ParameterName),
        .. command.CommandElements.Any(one => one is VariableExpressionAst { Splatted: true, VariablePath.UserPath: Pin })
            ? ["DomainController"]
            : Array.Empty<string>(),
    ];

    void Uses(CommandAst command, Command known)
    {
        foreach (var name in Given(command).Where(name => !Facts.Common.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            report.Count("parameterUses");
            if (known.Find(name) is null)
            {
                report.Violation("parameter", $"{known.Name} has no parameter {name}, by {known.Witness}", command);
            }
        }
        foreach (var used in Parameters(command).Where(one => one.Argument is null))
        {
            var next = command.CommandElements.ElementAtOrDefault(command.CommandElements.IndexOf(used) + 1);
            if (known.Find(used.ParameterName) is not { IsSwitch: false } parameter)
            {
                continue;
            }
            if (next is null or CommandParameterAst)
            {
                report.Violation("value", $"{known.Name} -{parameter.Name} has no value", command);
            }
            if (next is StringConstantExpressionAst text)
            {
                values.Check(["", "System.Management.Automation.", "System.Management.Automation.Runspaces."], parameter.Type, text);
            }
        }
    }

    /// <summary>Values without a name; those of a splatted table are not counted.</summary>
    static int ByPosition(CommandAst command, Command known) =>
        command.CommandElements.Zip(command.CommandElements.Skip(1)).Count(pair =>
            pair.Second is not CommandParameterAst and not VariableExpressionAst { Splatted: true }
            && (pair.First is not CommandParameterAst { Argument: null } before || known.Find(before.ParameterName)?.IsSwitch == true));

    void Sets(CommandAst command, Command known)
    {
        string[] given = [.. Given(command).Where(name => known.Find(name) is not null)];
        Parameter[][] fitting = [.. known.Sets.Where(set => given.All(name => set.Any(one => Facts.Same(one.Name, name))))];
        var text = $"{known.Name} {string.Join(' ', given.Select(name => $"-{name}"))}".TrimEnd();
        if (fitting.Length == 0 && known.Sets.Length > 0)
        {
            report.Violation("parameter set", $"{text}: in no set together, by {known.Witness}", command);
        }
        if (fitting.Length == 0)
        {
            return;
        }
        var byPosition = ByPosition(command, known);
        var open = (Func<Parameter, bool>)(one => !given.Contains(one.Name, StringComparer.OrdinalIgnoreCase));
        fitting = [.. fitting.Where(set => set.Count(one => one.Position && open(one)) >= byPosition)];
        if (fitting.Length == 0)
        {
            report.Violation("position", $"{text}: {byPosition} values by position are more than a set takes, by {known.Witness}", command);
            return;
        }
        var piped = command.Parent is PipelineAst pipeline && pipeline.PipelineElements[0] != command ? 1 : 0;
        if (!fitting.Any(set => set.Count(one => one.Mandatory && open(one)) <= byPosition + piped))
        {
            report.Violation("mandatory", $"{text}: a mandatory parameter is missing, by {known.Witness}", command);
        }
    }

    void Editions(CommandAst command, Command known)
    {
        foreach (var name in Given(command).Prepend(""))
        {
            if (known.MissingIn.TryGetValue(name, out var missing))
            {
                report.Violation("edition", $"{known.Name} {name}: not in {string.Join(", ", missing)}", command);
            }
        }
    }
}
