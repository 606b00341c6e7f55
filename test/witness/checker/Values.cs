// Texts given where an enumeration is expected: by a parameter, a cast or an argument.
using System.Management.Automation.Language;
using System.Reflection;

namespace Witness;

public sealed class Values(Report report, IReadOnlyList<Framework> frameworks)
{
    /// <summary>`text` as a value of the first of `prefixes` + `type` that is an enumeration.</summary>
    public void Check(IEnumerable<string> prefixes, string type, StringConstantExpressionAst text)
    {
        var name = prefixes.Select(prefix => prefix + type).FirstOrDefault(one => frameworks[^1].Find(one) is { IsEnum: true });
        foreach (var one in name is null ? [] : text.Value.Split(',', StringSplitOptions.TrimEntries))
        {
            var version = frameworks.FirstOrDefault(framework => framework.Find(name!) is { } found && Members.HasText(found, one))?.Version;
            report.Since(version, "enum text", $"[{name}] {one}", text);
        }
    }

    public void Check(ConvertExpressionAst cast)
    {
        if (cast.Child is StringConstantExpressionAst text)
        {
            Check([""], cast.Type.TypeName.FullName, text);
        }
    }

    /// <summary>Arguments for which only enumerations fit, by the overloads that take their number.</summary>
    public void Check(IReadOnlyList<MethodBase> overloads, InvokeMemberExpressionAst call)
    {
        for (var at = 0; at < (call.Arguments?.Count ?? 0); at++)
        {
            Type[] fitting = [.. overloads.Select(one => one.GetParameters().ElementAtOrDefault(at)?.ParameterType).OfType<Type>()];
            if (call.Arguments![at] is StringConstantExpressionAst text && fitting.Length > 0 && !fitting.Any(TakesText))
            {
                foreach (var type in fitting.Where(one => one.IsEnum).Distinct())
                {
                    Check([""], type.FullName!, text);
                }
            }
        }
    }

    static bool TakesText(Type type) => type.FullName is "System.String" or "System.Object" or "System.Char" or "System.Char[]";
}
