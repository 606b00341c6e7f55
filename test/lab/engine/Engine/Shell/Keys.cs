// Bytes of a terminal to keys: UTF-8 letters, control keys, the escape sequences of arrows and the like.
using System.Text;

namespace Lab;

public enum Key
{
    Letter, Enter, Backspace, Delete, Left, Right, Up, Down, Home, End, Escape, Interrupt, EndOfInput, Tab, BackTab, WordLeft, WordRight, Clear, Other,
}

public readonly record struct KeyPress(Key Key, string Text = "");

/// <summary>Reads keys from standard input; what was pasted is kept until asked for.</summary>
public sealed class Keys
{
    private readonly Queue<byte> pending = new();
    private readonly byte[] buffer = new byte[4096];

    /// <summary>Ctrl+D and a closed input are both EndOfInput; null when <paramref name="stopped"/> said so.</summary>
    public KeyPress? Next(Func<bool> stopped)
    {
        if (!Fill(stopped))
        {
            return stopped() ? null : new KeyPress(Key.EndOfInput);
        }
        var first = pending.Dequeue();
        return first switch
        {
            3 => new KeyPress(Key.Interrupt),
            4 => new KeyPress(Key.EndOfInput),
            8 or 127 => new KeyPress(Key.Backspace),
            9 => new KeyPress(Key.Tab),
            12 => new KeyPress(Key.Clear),
            10 or 13 => Line(first),
            27 => Sequence(stopped),
            < 32 => new KeyPress(Key.Other),
            _ => new KeyPress(Key.Letter, Letter(first, stopped)),
        };
    }

    /// <summary>A pasted line break may be CR, LF or both: one Enter.</summary>
    private KeyPress Line(byte first)
    {
        if (first == 13 && pending.TryPeek(out var next) && next == 10)
        {
            pending.Dequeue();
        }
        return new KeyPress(Key.Enter);
    }

    private KeyPress Sequence(Func<bool> stopped)
    {
        if (pending.Count == 0 && !(Terminal.Poll(20) && Fill(stopped)))
        {
            return new KeyPress(Key.Escape);
        }
        if (pending.Peek() is not ((byte)'[' or (byte)'O'))
        {
            return new KeyPress(Key.Escape);
        }
        pending.Dequeue();
        var text = new StringBuilder();
        while (Fill(stopped))
        {
            var letter = (char)pending.Dequeue();
            text.Append(letter);
            if (letter is >= '@' and <= '~')
            {
                break;
            }
        }
        return new KeyPress(text.ToString() switch
        {
            "A" => Key.Up,
            "B" => Key.Down,
            "C" => Key.Right,
            "D" => Key.Left,
            "H" or "1~" or "7~" => Key.Home,
            "F" or "4~" or "8~" => Key.End,
            "3~" => Key.Delete,
            "Z" => Key.BackTab,
            "1;5D" => Key.WordLeft,
            "1;5C" => Key.WordRight,
            _ => Key.Other,
        });
    }

    private string Letter(byte first, Func<bool> stopped)
    {
        var length = first switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
        var bytes = new byte[length];
        bytes[0] = first;
        for (var index = 1; index < length && Fill(stopped); index++)
        {
            bytes[index] = pending.Dequeue();
        }
        return Encoding.UTF8.GetString(bytes);
    }

    private bool Fill(Func<bool> stopped)
    {
        while (pending.Count == 0)
        {
            if (stopped())
            {
                return false;
            }
            if (!Terminal.Poll(100))
            {
                continue;
            }
            var count = Terminal.Read(buffer);
            if (count <= 0)
            {
                return false;
            }
            for (var index = 0; index < count; index++)
            {
                pending.Enqueue(buffer[index]);
            }
        }
        return true;
    }
}
