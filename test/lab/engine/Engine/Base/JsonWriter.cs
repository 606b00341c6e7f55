// Objects to JSON as ConvertTo-Json of 5.1 does it: depth, added properties, enumerations as numbers, dates in its own spelling.
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace Lab;

public static class JsonWriter
{
    /// <summary>Stands before a date's milliseconds until the text is written: 5.1 spells dates with an escape no JSON library writes.</summary>
    public const string DateMark = "\u0001/Date(";

    /// <summary>plain: enumerations by name and dates as ISO 8601 UTC, for readers other than 5.1.</summary>
    public static JsonNode? Node(object? value, int depth, bool plain = false) => new Writer(depth, plain).Write(value, 0);

    private sealed class Writer(int depth, bool plain)
    {
        public JsonNode? Write(object? value, int level)
        {
            var wrapped = value as PSObject;
            var bare = wrapped is null ? value : wrapped.BaseObject;
            if (bare is null or DBNull || wrapped == System.Management.Automation.Internal.AutomationNull.Value)
            {
                return null;
            }
            if (Scalar(bare) is { } scalar)
            {
                return Added(wrapped, scalar, level, false);
            }
            if (plain && level > 0 && bare is not (PSCustomObject or IDictionary or IEnumerable))
            {
                return JsonValue.Create(bare.ToString());
            }
            if (level > depth)
            {
                return bare is PSCustomObject ? JsonValue.Create(LanguagePrimitives.ConvertTo<string>(wrapped)) : Added(wrapped, JsonValue.Create(LanguagePrimitives.ConvertTo<string>(bare)), level, false);
            }
            return bare switch
            {
                IDictionary dictionary => Added(wrapped, Dictionary(dictionary, level), level, false),
                IEnumerable items => Added(wrapped, new JsonArray([.. items.Cast<object?>().Select(each => Write(each, level + 1))]), level, false),
                _ => Added(wrapped ?? PSObject.AsPSObject(bare), new JsonObject(), level, true),
            };
        }

        private JsonNode? Scalar(object bare) => bare switch
        {
            string text => JsonValue.Create(text),
            char letter => JsonValue.Create(letter.ToString()),
            bool flag => JsonValue.Create(flag),
            DateTime time => Date(time),
            DateTimeOffset time => Date(time.UtcDateTime),
            Guid or Uri => JsonValue.Create(bare.ToString()),
            Enum each => plain || Convert.GetTypeCode(each) is TypeCode.Int64 or TypeCode.UInt64 ? JsonValue.Create(each.ToString()) : JsonValue.Create(Convert.ToInt64(each, CultureInfo.InvariantCulture)),
            double number => JsonValue.Create(number),
            float number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            ulong number => JsonValue.Create(number),
            IntPtr or UIntPtr => JsonValue.Create(bare.ToString()),
            _ when bare.GetType().IsPrimitive => JsonValue.Create(Convert.ToInt64(bare, CultureInfo.InvariantCulture)),
            _ => null,
        };

        private JsonValue Date(DateTime time) => plain
            ? JsonValue.Create(time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
            : JsonValue.Create($"{DateMark}{new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds()})/");

        private JsonObject Dictionary(IDictionary dictionary, int level)
        {
            var result = new JsonObject();
            foreach (DictionaryEntry entry in dictionary)
            {
                result[Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? ""] = Write(entry.Value, level + 1);
            }
            return result;
        }

        /// <summary>Notes on a plain value make it an object with "value": 5.1 does so, and remoting adds notes.</summary>
        private JsonNode? Added(PSObject? wrapped, JsonNode? node, int level, bool custom)
        {
            if (wrapped is null)
            {
                return node;
            }
            var properties = wrapped.Properties.Where(each => custom || each.MemberType is PSMemberTypes.NoteProperty || !plain && each.MemberType is PSMemberTypes.ScriptProperty or PSMemberTypes.AliasProperty or PSMemberTypes.CodeProperty).ToList();
            if (properties.Count == 0)
            {
                return node;
            }
            var record = node as JsonObject ?? new JsonObject { ["value"] = node };
            foreach (var property in properties.Where(each => !record.ContainsKey(each.Name)))
            {
                record[property.Name] = Write(Value(property), level + 1);
            }
            return record;
        }

        private static object? Value(PSPropertyInfo property)
        {
            try
            {
                return property.Value;
            }
            catch (GetValueException)
            {
                return null;
            }
        }
    }
}
