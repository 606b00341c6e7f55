// Issuer and subject as Windows prints them: crypt32 has names for fewer attributes than .NET has on Linux, and OID.1.2.3 for the others.
using System.Security.Cryptography.X509Certificates;

namespace Lab;

public static class WindowsNames
{
    /// <summary>The attributes that Windows names (WINNAMES); of all others it prints the object identifier.</summary>
    private static readonly Dictionary<string, string> names = new()
    {
        ["2.5.4.3"] = "CN",
        ["2.5.4.4"] = "SN",
        ["2.5.4.5"] = "SERIALNUMBER",
        ["2.5.4.6"] = "C",
        ["2.5.4.7"] = "L",
        ["2.5.4.8"] = "S",
        ["2.5.4.9"] = "STREET",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["2.5.4.12"] = "T",
        ["2.5.4.13"] = "Description",
        ["2.5.4.17"] = "PostalCode",
        ["2.5.4.18"] = "POBox",
        ["2.5.4.20"] = "Phone",
        ["2.5.4.24"] = "X21Address",
        ["2.5.4.42"] = "G",
        ["2.5.4.43"] = "I",
        ["2.5.4.46"] = "dnQualifier",
        ["1.2.840.113549.1.9.1"] = "E",
        ["0.9.2342.19200300.100.1.25"] = "DC",
    };

    public static string Subject(X509Certificate2 certificate) => Print(certificate.SubjectName);

    public static string Issuer(X509Certificate2 certificate) => Print(certificate.IssuerName);

    /// <summary>Last part first; a name with several attributes in one part, or with a value that is no text, is printed as .NET prints it.</summary>
    private static string Print(X500DistinguishedName name)
    {
        var parts = name.EnumerateRelativeDistinguishedNames().ToList();
        if (parts.Exists(part => part.HasMultipleElements || part.GetSingleElementValue() is null))
        {
            return name.Name;
        }
        return string.Join(", ", parts.Select(part => $"{Key(part.GetSingleElementType().Value!)}={Quoted(part.GetSingleElementValue()!)}"));
    }

    private static string Key(string oid) => names.GetValueOrDefault(oid, $"OID.{oid}");

    private static string Quoted(string value) =>
        value.Length == 0 || value.AsSpan().ContainsAny(",+=\"\n<>#;") || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
