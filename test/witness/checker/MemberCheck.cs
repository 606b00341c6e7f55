// Holds types and members against the reference assemblies: there with that many arguments, and since which version.
using System.Management.Automation.Language;

namespace Witness;

public sealed class MemberCheck(Report report, IReadOnlyList<Framework> frameworks, Values values)
{
    string? Since(Func<Framework, bool> has) => frameworks.FirstOrDefault(has)?.Version;

    public void Type(string name, Ast at)
    {
        report.Count("typeUses");
        report.Since(Since(framework => framework.Find(name) is not null), "type", $"[{name}]", at);
    }

    public void Check(MemberExpressionAst member, Inference inference)
    {
        report.Count("memberUses");
        if (member.Member is not StringConstantExpressionAst name)
        {
            report.Violation("computed member", member.Extent.Text, member);
        }
        else if (member.Static)
        {
            Static(member, name.Value);
        }
        else
        {
            Instance(member, name.Value, inference.Of(member.Expression) ?? Typed.Unknown);
        }
    }

    /// <summary>Null for a property; for a call, how many arguments it gives.</summary>
    static int? Arguments(MemberExpressionAst member) => member is InvokeMemberExpressionAst call ? call.Arguments?.Count ?? 0 : null;

    static string Written(string name, int? arguments) => arguments is null ? name : $"{name}({arguments})";

    static bool Has(Type type, string name, bool isStatic, int? arguments) =>
        arguments is { } count ? Members.Methods(type, name, isStatic, count).Length > 0 : Members.Has(type, name, isStatic);

    void Static(MemberExpressionAst member, string name)
    {
        var type = member.Expression is TypeExpressionAst named ? named.TypeName.FullName : member.Expression.Extent.Text;
        var arguments = Arguments(member);
        report.Count("membersResolved");
        var since = Since(framework => framework.Find(type) is { } found && Has(found, name, true, arguments));
        report.Since(since, "static member", $"[{type}]::{Written(name, arguments)}", member);
        Texts(member, frameworks[^1].Find(type), name);
    }

    void Texts(MemberExpressionAst member, Type? type, string name)
    {
        if (member is InvokeMemberExpressionAst call && type is not null)
        {
            values.Check(Members.Methods(type, name, member.Static, call.Arguments?.Count ?? 0), call);
        }
    }

    void Instance(MemberExpressionAst member, string name, Typed on)
    {
        var arguments = Arguments(member);
        // each object has it, and a list or table of the scripts' own has what was put into it
        var always = arguments is null && name.ToLowerInvariant() is "psobject" or "count" or "length";
        Type[] candidates = [.. new[] { on.Net, on.Scalar.Net }.OfType<Type>().Distinct()];
        if (!always && (on.Net is null || on.IsList && on.Scalar.Net is null || candidates.All(type => IsOpen(type) && !Has(type, name, false, arguments))))
        {
            if (!candidates.Any(type => Has(type, name, false, arguments)))
            {
                report.Untyped(Written(name, arguments is null ? null : 0).Replace("(0)", "()"));
                return;
            }
        }
        report.Count("membersResolved");
        var found = candidates.FirstOrDefault(type => Has(type, name, false, arguments));
        var since = always ? frameworks[0].Version : Since(framework =>
            candidates.Any(type => framework.Same(type) is { } same && Has(same, name, false, arguments)));
        if (since is null && candidates.Any(type => OnDerived(type, name, arguments)))
        {
            report.Untyped(Written(name, arguments is null ? null : 0).Replace("(0)", "()"));
            return;
        }
        report.Since(since, "member", $"{candidates.LastOrDefault()?.FullName}.{Written(name, arguments)}", member);
        Texts(member, found, name);
    }

    /// <summary>What has the keys that were put into it, or anything at all.</summary>
    static bool IsOpen(Type type) => type.FullName is "System.Object" or "System.Array" or "System.Collections.ArrayList"
        or "System.Collections.Hashtable" or "System.Collections.Specialized.OrderedDictionary" or "System.Management.Automation.PSObject";

    bool OnDerived(Type type, string name, int? arguments) =>
        !type.IsSealed && !IsOpen(type) && frameworks[^1].Types.Any(one => one.IsSubclassOf(type) && Has(one, name, false, arguments));
}
