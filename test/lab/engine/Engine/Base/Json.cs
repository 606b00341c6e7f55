// ConvertTo-Json, ConvertFrom-Json and ConvertTo-Csv as 5.1 spells them.
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lab;

[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJson : PSCmdlet
{
    private readonly List<object?> items = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), AllowNull] public object? InputObject { get; set; }
    [Parameter, ValidateRange(1, 100)] public int Depth { get; set; } = 2;
    [Parameter] public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing()
    {
        if (items.Count == 0)
        {
            return;
        }
        var node = JsonWriter.Node(items.Count == 1 ? items[0] : items.ToArray(), Depth);
        WriteObject(JsonText.Write(node, !Compress));
    }
}

/// <summary>JSON text in 5.1's hand: its escapes, its dates, its indentation.</summary>
public static class JsonText
{
    public static string Write(JsonNode? node, bool pretty)
    {
        var text = new StringBuilder();
        Write(text, node, pretty, 0);
        return text.ToString();
    }

    /// <summary>5.1 puts what is nested under the column where it begins.</summary>
    private static void Write(StringBuilder text, JsonNode? node, bool pretty, int column)
    {
        switch (node)
        {
            case JsonObject record:
                Items(text, record, pretty, column, '{', '}', entry =>
                {
                    var before = text.Length;
                    Text(text, entry.Key);
                    text.Append(pretty ? ":  " : ":");
                    Write(text, entry.Value, pretty, column + 4 + text.Length - before);
                });
                break;
            case JsonArray list:
                Items(text, list, pretty, column, '[', ']', item => Write(text, item, pretty, column + 4));
                break;
            case null:
                text.Append("null");
                break;
            default:
                Scalar(text, node.AsValue());
                break;
        }
    }

    private static void Items<T>(StringBuilder text, IEnumerable<T> items, bool pretty, int column, char open, char close, Action<T> each)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                text.Append(',');
            }
            first = false;
            Line(text, pretty, column + 4);
            each(item);
        }
        if (first && pretty)
        {
            text.Append("\r\n");
        }
        Line(text, pretty, column);
        text.Append(close);
    }

    private static void Line(StringBuilder text, bool pretty, int column)
    {
        if (pretty)
        {
            text.Append("\r\n").Append(' ', column);
        }
    }

    private static void Scalar(StringBuilder text, JsonValue value)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            text.Append(value.ToJsonString());
            return;
        }
        var plain = value.GetValue<string>();
        if (plain.StartsWith(JsonWriter.DateMark, StringComparison.Ordinal))
        {
            text.Append("\"\\/").Append(plain, 2, plain.Length - 3).Append("\\/\"");
            return;
        }
        Text(text, plain);
    }

    private static void Text(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\'' or '<' or '>' or '&' or '\u0085' or '\u2028' or '\u2029' => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }
        text.Append('"');
    }
}

[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed partial class ConvertFromJson : PSCmdlet
{
    private readonly List<string> lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), AllowEmptyString] public string InputObject { get; set; } = "";

    protected override void ProcessRecord() => lines.Add(InputObject);

    protected override void EndProcessing()
    {
        if (lines.Count == 0)
        {
            return;
        }
        // a first line that is JSON by itself makes every line a document of its own
        if (lines.Count > 1 && Parsed(lines[0]) is not null)
        {
            lines.ForEach(Convert);
            return;
        }
        Convert(string.Join("\n", lines));
    }

    private void Convert(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }
        if (Parsed(text) is not { } document)
        {
            var failure = new ArgumentException($"Invalid JSON primitive: {text.Trim().Split([' ', '\n', '\r', ',', '}', ']'], 2)[0]}.");
            ThrowTerminatingError(new ErrorRecord(failure, "System.ArgumentException", ErrorCategory.NotSpecified, null));
            return;
        }
        using (document)
        {
            // an array is one object in 5.1
            WriteObject(Value(document.RootElement), enumerateCollection: false);
        }
    }

    private static JsonDocument? Parsed(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Record(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => DateText().Match(element.GetString()!) is { Success: true } date && element.GetRawText().Contains("\\/", StringComparison.Ordinal)
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(date.Groups[1].Value, CultureInfo.InvariantCulture)).UtcDateTime
            : element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(element),
        _ => null,
    };

    private static object Number(JsonElement element) =>
        element.TryGetInt32(out var small) ? small
        : element.TryGetInt64(out var large) ? large
        : element.TryGetDecimal(out var exact) && !element.GetRawText().Contains('e', StringComparison.OrdinalIgnoreCase) ? exact
        : element.GetDouble();

    private PSObject Record(JsonElement element)
    {
        var result = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            if (result.Properties[property.Name] is not null)
            {
                var failure = new InvalidOperationException($"Cannot convert the JSON string because a dictionary that was converted from the string contains the duplicated keys '{property.Name}'.");
                ThrowTerminatingError(new ErrorRecord(failure, "DuplicateKeysInJsonString", ErrorCategory.InvalidOperation, null));
            }
            result.Properties.Add(new PSNoteProperty(property.Name.Length == 0 ? "_" : property.Name, Value(property.Value)));
        }
        return result;
    }

    [GeneratedRegex(@"^/Date\((-?\d+)\)/$")]
    private static partial Regex DateText();
}
