// Tab completion as in Windows PowerShell's window: Tab goes on to the next candidate, Shift+Tab back, any other key ends the round.
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Lab;

/// <summary>Asks <paramref name="where"/> for the runspace that is typed into now.</summary>
public sealed class Completion(Func<Runspace> where)
{
    private List<string> candidates = [];
    private string head = "";
    private string tail = "";
    private int chosen;

    /// <summary>The line and the cursor with the next candidate in it; null where there is none.</summary>
    public (string Text, int Cursor)? Next(string text, int cursor, int step)
    {
        if (candidates.Count == 0 && !Begin(text, cursor, step))
        {
            return null;
        }
        chosen = (chosen + step + candidates.Count) % candidates.Count;
        return (head + candidates[chosen] + tail, head.Length + candidates[chosen].Length);
    }

    public void End() => candidates = [];

    private bool Begin(string text, int cursor, int step)
    {
        using var pipeline = PowerShell.Create(where());
        // what was typed travels as a value: it is completed, never run
        pipeline.AddScript("[System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[1], $null)").AddArgument(text).AddArgument(cursor);
        CommandCompletion? found;
        try
        {
            found = pipeline.Invoke<CommandCompletion>().FirstOrDefault();
        }
        catch (RuntimeException)
        {
            return false;
        }
        if (found is null)
        {
            return false;
        }
        candidates = [.. found.CompletionMatches.Select(match => match.CompletionText).Where(IsSimulated).Distinct(StringComparer.OrdinalIgnoreCase)];
        head = text[..found.ReplacementIndex];
        tail = text[(found.ReplacementIndex + found.ReplacementLength)..];
        chosen = step > 0 ? -1 : 0;
        return candidates.Count > 0;
    }

    /// <summary>The lab's own helpers are no commands of the simulated system.</summary>
    private static bool IsSimulated(string candidate) => !candidate.Contains("-Lab", StringComparison.Ordinal) && candidate != "Invoke-Proxy";
}
