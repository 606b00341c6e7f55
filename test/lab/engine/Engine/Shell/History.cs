// What was typed before: kept for the next shell of the same place, without what looks like a secret.
using System.Text.RegularExpressions;

namespace Lab;

public sealed partial class History
{
    /// <summary>As many as a person goes back.</summary>
    private const int Most = 500;
    private readonly List<string> lines = [];
    private readonly string? file;

    /// <summary>Begins with what <paramref name="path"/> holds; null keeps nothing beyond this shell.</summary>
    public History(string? path)
    {
        file = path;
        if (file is not null && File.Exists(file))
        {
            // a line break within a command is written as a backtick at the line's end
            lines.AddRange(File.ReadAllText(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), Joined).TakeLast(Most));
        }
    }

    public int Count => lines.Count;

    public string this[int index] => lines[index];

    public void Add(string text)
    {
        if (text.Trim().Length == 0 || lines.LastOrDefault() == text)
        {
            return;
        }
        lines.Add(text);
        if (file is not null && !Secret().IsMatch(text))
        {
            try
            {
                File.AppendAllText(file, text.Replace("\n", "`\n", StringComparison.Ordinal) + "\n");
            }
            catch (IOException)
            {
                // another shell is writing: this one line is not kept
            }
        }
    }

    private static List<string> Joined(List<string> read, string line)
    {
        if (read.Count > 0 && read[^1].EndsWith('`'))
        {
            read[^1] = $"{read[^1][..^1]}\n{line}";
        }
        else
        {
            read.Add(line);
        }
        return read;
    }

    [GeneratedRegex("password|asplaintext|token|apikey|secret", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
