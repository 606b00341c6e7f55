// PowerShell values to JSON for the organization, and its answers back to PowerShell objects.
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lab;

public static class LabJson
{
    public static JsonObject FromDictionary(IDictionary values)
    {
        var result = new JsonObject();
        foreach (DictionaryEntry entry in values)
        {
            result[(string)LanguagePrimitives.ConvertTo(entry.Key, typeof(string), CultureInfo.InvariantCulture)] = From(entry.Value);
        }
        return result;
    }

    /// <summary>bytes and certificates as base64 text, a SecureString as its text, dates as ISO 8601 UTC, enumerations by name.</summary>
    public static JsonNode? From(object? value)
    {
        var bare = value is PSObject { ImmediateBaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null => null,
            JsonNode node => node.DeepClone(),
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            SwitchParameter flag => JsonValue.Create(flag.IsPresent),
            int number => JsonValue.Create(number),
            long number => JsonValue.Create(number),
            double number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            DateTime time => JsonValue.Create(time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
            SecureString secret => JsonValue.Create(Secrets.Reveal(secret)),
            X509Certificate2 certificate => JsonValue.Create(Convert.ToBase64String(certificate.RawData)),
            IDictionary dictionary => FromDictionary(dictionary),
            PSObject custom => new JsonObject(custom.Properties.Select(each => KeyValuePair.Create(each.Name, From(each.Value)))),
            IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(From)]),
            _ => JsonValue.Create(LanguagePrimitives.ConvertTo<string>(bare)),
        };
    }

    public static object? To(JsonNode? node) => node switch
    {
        null => null,
        JsonObject record => ToObject(record),
        JsonArray list => list.Select(To).ToArray(),
        _ => ToScalar(node.AsValue()),
    };

    private static PSObject ToObject(JsonObject record)
    {
        var result = new PSObject();
        foreach (var (name, value) in record)
        {
            result.Properties.Add(new PSNoteProperty(name, To(value)), preValidated: true);
        }
        return result;
    }

    private static object? ToScalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.ToString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var small) ? (object)small
            : long.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var large) ? large
            : double.Parse(value.ToString(), CultureInfo.InvariantCulture),
    };
}
