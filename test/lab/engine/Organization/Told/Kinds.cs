// Turns a value of the organization into the kind its row of the table names: `object:TYPE`, `enum:TYPE`, `list:TYPE`, or a plain one.
using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Lab;

/// <summary>A property of a result: its kind, what is there where nothing is set, and what is always there.</summary>
public sealed record ToldProperty(string Name, string Kind, string? None, object? Always);

public static class Kinds
{
    public static object? Value(object? value, ToldProperty property)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        var (kind, type) = property.Kind.Split(':', 2) is [var head, var name] ? (head, name) : (property.Kind, "");
        if (bare is null || (kind is "object" or "enum" && bare is ""))
        {
            return Nothing(kind, type, property.None);
        }
        return kind switch
        {
            "object" or "enum" => One(type, bare),
            "list" => Many(type, LanguagePrimitives.ConvertTo<string[]>(bare)),
            "bytes" => Convert.FromBase64String((string)bare),
            "datetime" => Time(DateTime.Parse((string)bare, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToLocalTime()),
            "guid" => Guid.Parse((string)bare),
            "strings" => LanguagePrimitives.ConvertTo<string[]>(bare),
            "int" => LanguagePrimitives.ConvertTo<int>(bare),
            "long" => LanguagePrimitives.ConvertTo<long>(bare),
            "bool" => LanguagePrimitives.ConvertTo<bool>(bare),
            "string" => LanguagePrimitives.ConvertTo<string>(bare),
            _ => throw new InvalidOperationException($"the table names the kind {property.Kind}, which the lab does not know"),
        };
    }

    private static object? Nothing(string kind, string type, string? none) => none switch
    {
        "''" => kind is "object" ? One(type, "") : "",
        "[]" when kind is "list" => Many(type, []),
        _ => null,
    };

    private static object One(string type, object bare)
    {
        var text = LanguagePrimitives.ConvertTo<string>(bare);
        var known = Known(type);
        return known.IsEnum ? Enum.Parse(known, text, ignoreCase: true)
            : known == typeof(System.Net.IPAddress) ? System.Net.IPAddress.Parse(text)
            : Activator.CreateInstance(known, text)!;
    }

    private static object Many(string type, string[] texts)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(Known(type)))!;
        foreach (var text in texts)
        {
            list.Add(One(type, text));
        }
        return list;
    }

    private static Type Known(string type) =>
        typeof(Kinds).Assembly.GetType(type) ?? typeof(Kinds).Assembly.GetType($"Lab.{type}") ?? typeof(System.Net.IPAddress).Assembly.GetType(type)
        ?? throw new InvalidOperationException($"the table names the type {type}, which the lab does not know");

    /// <summary>As a date, or as text in the server's culture where the lab says so.</summary>
    private static object Time(DateTime time) =>
        LabContext.Current.Facts["datesAsText"]?.GetValue<bool>() is true ? time.ToString(((ICultured)LabContext.Current.Host).Culture) : time;
}
