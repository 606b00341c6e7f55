// The language of a server's texts: none but English can be had from the documents, so another is English with accents. No script may match on it.
using System.Text;

namespace Lab;

public static class Languages
{
    [ThreadStatic] private static string? current;

    /// <summary>Does something for a caller of that culture; texts made meanwhile are in its language.</summary>
    public static T During<T>(string? culture, Func<T> act)
    {
        var before = current;
        current = culture;
        try
        {
            return act();
        }
        finally
        {
            current = before;
        }
    }

    /// <summary>A text of the system as it is shown now; what stands in braces is filled in later and stays.</summary>
    public static string Shown(string text)
    {
        if (string.IsNullOrEmpty(current) || current.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }
        var shown = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            shown.Append(letter switch { 'a' => 'á', 'e' => 'é', 'i' => 'í', 'o' => 'ó', 'u' => 'ú', 'A' => 'Á', 'E' => 'É', 'I' => 'Í', 'O' => 'Ó', 'U' => 'Ú', _ => letter });
        }
        return shown.ToString();
    }
}
