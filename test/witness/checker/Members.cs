// Members of a type by name and by number of arguments, without regard to case, as the language finds them.
using System.Reflection;

namespace Witness;

public static class Members
{
    /// <summary>Members that the types.ps1xml of 5.1 adds to .NET's objects.</summary>
    static readonly Dictionary<string, string[]> extended = new()
    {
        ["System.Array"] = ["Count"],
        ["System.Management.Automation.Runspaces.PSSession"] = ["DisconnectedOn", "ExpiresOn", "IdleTimeout", "OutputBufferingMode", "State"],
        ["System.Security.AccessControl.ObjectSecurity"] = ["Access", "Group", "Owner", "Path", "Sddl"],
        ["System.ServiceProcess.ServiceController"] = ["Name", "RequiredServices"],
    };

    static IEnumerable<Type> Bases(Type type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            yield return at;
        }
        foreach (var inherited in type.IsInterface ? type.GetInterfaces() : [])
        {
            yield return inherited;
        }
    }

    static BindingFlags Declared(bool isStatic) =>
        BindingFlags.Public | BindingFlags.DeclaredOnly | (isStatic ? BindingFlags.Static : BindingFlags.Instance);

    /// <summary>The type of a property or field; null where there is none.</summary>
    public static Type? Value(Type type, string name, bool isStatic) =>
        Bases(type).SelectMany(one => one.GetMembers(Declared(isStatic))).Where(one => Facts.Same(one.Name, name)).Select(one => one switch
        {
            PropertyInfo property => property.PropertyType,
            FieldInfo field => field.FieldType,
            _ => null,
        }).FirstOrDefault(one => one is not null);

    public static bool Has(Type type, string name, bool isStatic) =>
        Value(type, name, isStatic) is not null
        || (!isStatic && Bases(type).Any(one =>
            extended.GetValueOrDefault(one.FullName ?? "")?.Contains(name, StringComparer.OrdinalIgnoreCase) == true));

    /// <summary>The overloads that take that many arguments; `new` names the constructors.</summary>
    public static MethodBase[] Methods(Type type, string name, bool isStatic, int count)
    {
        IEnumerable<MethodBase> named = isStatic && Facts.Same(name, "new")
            ? type.GetConstructors()
            : Bases(type).SelectMany(one => one.GetMethods(Declared(isStatic))).Where(one => Facts.Same(one.Name, name));
        return [.. named.Where(one => Takes(one, count))];
    }

    static bool Takes(MethodBase method, int count)
    {
        var parameters = method.GetParameters();
        if (parameters.Length >= count && parameters.Skip(count).All(one => one.IsOptional))
        {
            return true;
        }
        return parameters.Length > 0
            && count >= parameters.Length - 1
            && parameters[^1].CustomAttributes.Any(one => one.AttributeType.FullName == "System.ParamArrayAttribute");
    }

    public static bool HasText(Type type, string text) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Any(one => Facts.Same(one.Name, text));
}
