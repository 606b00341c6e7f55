// The host of the interactive shell: prints in colours, reads from the terminal; Ctrl+C at a question stops the pipeline.
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Lab;

public sealed class ShellHost(LineEditor editor, Action interrupted) : PSHost, ICultured
{
    public CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;
    private readonly ShellWindow window = new(editor, interrupted);

    public int? ExitCode { get; private set; }
    public override string Name => "ConsoleHost";
    public override Version Version => Desktop.Version;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override CultureInfo CurrentCulture => Culture;
    public override CultureInfo CurrentUICulture => Culture;
    public override PSHostUserInterface UI => window;
    public override void EnterNestedPrompt() => throw new NotSupportedException();
    public override void ExitNestedPrompt() => throw new NotSupportedException();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}

public sealed class ShellWindow(LineEditor editor, Action interrupted) : TextWindow(new TerminalRaw())
{
    protected override void Print(string value, Tone tone) => Terminal.Write(tone.Foreground is { } colour && Terminal.IsInteractive ? Coloured(value, colour, tone.Background) : value);

    protected override string Ask(string question, AskKind kind)
    {
        var read = editor.ReadAnswer(question, kind == AskKind.Secret);
        if (read.Text is { } text)
        {
            return text;
        }
        interrupted();
        throw new PipelineStoppedException();
    }

    protected override void Head(string caption, string message)
    {
        foreach (var text in new[] { caption, message })
        {
            // a choice's own question says both again
            if (!string.IsNullOrEmpty(text))
            {
                Terminal.Write(text + "\n");
            }
        }
    }

    /// <summary>Line by line, so that a background never fills the rest of a row.</summary>
    private static string Coloured(string value, ConsoleColor foreground, ConsoleColor? background)
    {
        var start = $"\u001b[{Code(foreground)}{(background is { } colour and not ConsoleColor.Black ? $";{Code(colour) + 10}" : "")}m";
        return string.Join("\n", value.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "" : $"{start}{line}\u001b[0m"));
    }

    private static int Code(ConsoleColor colour) => colour switch
    {
        ConsoleColor.Black => 30,
        ConsoleColor.DarkRed => 31,
        ConsoleColor.DarkGreen => 32,
        ConsoleColor.DarkYellow => 33,
        ConsoleColor.DarkBlue => 34,
        ConsoleColor.DarkMagenta => 35,
        ConsoleColor.DarkCyan => 36,
        ConsoleColor.Gray => 37,
        ConsoleColor.DarkGray => 90,
        ConsoleColor.Red => 91,
        ConsoleColor.Green => 92,
        ConsoleColor.Yellow => 93,
        ConsoleColor.Blue => 94,
        ConsoleColor.Magenta => 95,
        ConsoleColor.Cyan => 96,
        _ => 97,
    };
}

/// <summary>The terminal's size, asked each time: it changes.</summary>
public sealed class TerminalRaw : PSHostRawUserInterface
{
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override Size BufferSize { get => new(Terminal.Width, 3000); set { } }
    public override Coordinates CursorPosition { get; set; }
    public override int CursorSize { get; set; } = 25;
    public override bool KeyAvailable => Terminal.Poll(0);
    public override Size MaxPhysicalWindowSize => WindowSize;
    public override Size MaxWindowSize => WindowSize;
    public override Coordinates WindowPosition { get; set; }
    public override Size WindowSize { get => new(Terminal.Width, Terminal.Height); set { } }
    public override string WindowTitle { get; set; } = "Windows PowerShell";
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }

    /// <summary>Clear-Host fills the whole window with blanks.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => Terminal.Write("\u001b[H\u001b[2J\u001b[3J");
}
