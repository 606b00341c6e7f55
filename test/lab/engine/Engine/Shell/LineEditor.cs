// Reads one line with editing, history and completion; secrets are shown as asterisks and remembered nowhere.
using System.Text;

namespace Lab;

/// <summary>How reading a line ended; Text is null unless a line was entered.</summary>
public readonly record struct LineRead(string? Text, bool Interrupted, bool Closed);

/// <summary>History and completion are for commands; a question's answer has neither.</summary>
public sealed class LineEditor(Func<bool> stopped, History history, Completion completion)
{
    private readonly Keys keys = new();
    private readonly List<Rune> line = [];
    private int cursor;
    private int shownRow;
    private string prompt = "";
    private bool hidden;
    private bool command;

    public void Remember(string text) => history.Add(text);

    /// <summary>A line of a command.</summary>
    public LineRead ReadCommand(string promptText) => Read(promptText, secret: false, isCommand: true);

    /// <summary>The answer to a question.</summary>
    public LineRead ReadAnswer(string promptText, bool secret) => Read(promptText, secret, isCommand: false);

    private LineRead Read(string promptText, bool secret, bool isCommand)
    {
        prompt = promptText;
        hidden = secret;
        command = isCommand;
        line.Clear();
        cursor = 0;
        shownRow = 0;
        var place = history.Count;
        Terminal.Reading();
        try
        {
            Terminal.Write(prompt);
            while (true)
            {
                if (keys.Next(stopped) is not { } press)
                {
                    return new LineRead(null, false, true);
                }
                if (press.Key is not (Key.Tab or Key.BackTab))
                {
                    completion.End();
                }
                switch (press.Key)
                {
                    case Key.Enter:
                        if (cursor < line.Count)
                        {
                            cursor = line.Count;
                            Show();
                        }
                        Terminal.Write("\n");
                        return new LineRead(Text(), false, false);
                    case Key.Interrupt:
                        Terminal.Write("^C\n");
                        return new LineRead(null, true, false);
                    case Key.EndOfInput:
                        if (line.Count == 0)
                        {
                            return new LineRead(null, false, true);
                        }
                        break;
                    case Key.Up or Key.Down:
                        if (command)
                        {
                            place = Math.Clamp(place + (press.Key == Key.Up ? -1 : 1), 0, history.Count);
                            Set(place < history.Count ? history[place] : "");
                        }
                        break;
                    case Key.Tab or Key.BackTab when command && line.Count > 0:
                        Complete(press.Key == Key.Tab ? 1 : -1);
                        break;
                    case Key.Clear:
                        Terminal.Write("\u001b[H\u001b[2J");
                        shownRow = 0;
                        Show();
                        break;
                    default:
                        Edit(press);
                        break;
                }
            }
        }
        finally
        {
            Terminal.Running();
            completion.End();
            line.Clear();
        }
    }

    private string Text() => string.Concat(line.Select(each => each.ToString()));

    private void Set(string text)
    {
        line.Clear();
        line.AddRange(text.EnumerateRunes());
        cursor = line.Count;
        Show();
    }

    /// <summary>The cursor counts letters, completion counts UTF-16.</summary>
    private void Complete(int step)
    {
        var before = string.Concat(line.Take(cursor));
        if (completion.Next(Text(), before.Length, step) is not { } next)
        {
            Terminal.Write("\a");
            return;
        }
        line.Clear();
        line.AddRange(next.Text.EnumerateRunes());
        cursor = next.Text[..next.Cursor].EnumerateRunes().Count();
        Show();
    }

    /// <summary>Where the word before or behind the cursor begins.</summary>
    private int Word(int step)
    {
        var at = cursor;
        bool Blank(int index) => Rune.IsWhiteSpace(line[index]);
        if (step < 0)
        {
            while (at > 0 && Blank(at - 1)) at--;
            while (at > 0 && !Blank(at - 1)) at--;
            return at;
        }
        while (at < line.Count && !Blank(at)) at++;
        while (at < line.Count && Blank(at)) at++;
        return at;
    }

    private void Edit(KeyPress press)
    {
        switch (press.Key)
        {
            // at the start of a line, and in an answer, a tab is a tab: what is pasted may be indented
            case Key.Letter or Key.Tab:
                var runes = (press.Key == Key.Tab ? "    " : press.Text).EnumerateRunes().ToList();
                line.InsertRange(cursor, runes);
                cursor += runes.Count;
                // at the end the letter alone is enough, and a long paste stays quick
                if (cursor == line.Count && !AtEdge())
                {
                    Terminal.Write(hidden ? new string('*', runes.Count) : string.Concat(runes));
                    return;
                }
                break;
            case Key.Backspace when cursor > 0:
                line.RemoveAt(--cursor);
                break;
            case Key.Delete when cursor < line.Count:
                line.RemoveAt(cursor);
                break;
            case Key.Left when cursor > 0:
                cursor--;
                break;
            case Key.Right when cursor < line.Count:
                cursor++;
                break;
            case Key.WordLeft or Key.WordRight:
                cursor = Word(press.Key == Key.WordLeft ? -1 : 1);
                break;
            case Key.Home:
                cursor = 0;
                break;
            case Key.End:
                cursor = line.Count;
                break;
            case Key.Escape:
                line.Clear();
                cursor = 0;
                break;
            default:
                return;
        }
        Show();
    }

    private int Column(int index) => Columns.Of(LastLine(prompt)) + (hidden ? index : line.Take(index).Sum(Columns.Of));

    private static string LastLine(string text) => text[(text.LastIndexOf('\n') + 1)..];

    private bool AtEdge()
    {
        var column = Column(line.Count);
        var row = column / Terminal.Width;
        var edge = column % Terminal.Width == 0 || row != shownRow;
        return edge;
    }

    /// <summary>Draws the line anew from the prompt's own row.</summary>
    private void Show()
    {
        var width = Terminal.Width;
        var text = new StringBuilder();
        if (shownRow > 0)
        {
            text.Append($"\u001b[{shownRow}A");
        }
        text.Append('\r').Append(LastLine(prompt)).Append(hidden ? new string('*', line.Count) : Text());
        var end = Column(line.Count);
        // a full row leaves the cursor on its last column: go on to the next by hand
        if (end > 0 && end % width == 0)
        {
            text.Append(" \r");
        }
        text.Append("\u001b[J");
        var at = Column(cursor);
        if (end / width > at / width)
        {
            text.Append($"\u001b[{end / width - at / width}A");
        }
        text.Append('\r');
        if (at % width > 0)
        {
            text.Append($"\u001b[{at % width}C");
        }
        shownRow = at / width;
        Terminal.Write(text.ToString());
    }
}

/// <summary>How many columns a letter takes in a terminal.</summary>
internal static class Columns
{
    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    public static int Of(Rune letter) => letter.Value switch
    {
        >= 0x0300 and <= 0x036F or 0x200B or 0x200D or >= 0xFE00 and <= 0xFE0F => 0,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF => 2,
        _ => 1,
    };
}
