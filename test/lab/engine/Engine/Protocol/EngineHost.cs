// The host of a test run: what is asked is answered from the queue, what is printed is kept.
using System.Globalization;
using System.Management.Automation.Host;
using System.Text;

namespace Lab;

public sealed class EngineHost(Queue<string> answers, Action unanswered) : PSHost, ICultured
{
    public CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;
    private readonly EngineWindow window = new(answers, unanswered);

    public int? ExitCode { get; private set; }
    public string Text => window.Text;
    public IReadOnlyList<(string Text, string Kind)> Prompts => window.Prompts;
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

/// <summary>Prints into text and reads from the queue; safe to be shared by several sessions at a time.</summary>
public sealed class EngineWindow(Queue<string> answers, Action unanswered) : TextWindow(new FixedRaw(160))
{
    private readonly StringBuilder text = new();
    private readonly List<(string, string)> prompts = [];
    private readonly Lock gate = new();

    public string Text
    {
        get { lock (gate) { return text.ToString(); } }
    }

    public IReadOnlyList<(string Text, string Kind)> Prompts
    {
        get { lock (gate) { return [.. prompts]; } }
    }

    protected override void Print(string value, Tone tone)
    {
        lock (gate)
        {
            text.Append(value);
        }
    }

    protected override string Ask(string question, AskKind kind)
    {
        lock (gate)
        {
            prompts.Add((question, kind.ToString().ToLowerInvariant()));
            if (answers.TryDequeue(out var answer))
            {
                return answer;
            }
        }
        unanswered();
        throw new System.Management.Automation.PipelineStoppedException();
    }
}

/// <summary>A window of a fixed size that nobody looks at.</summary>
public sealed class FixedRaw(int width) : PSHostRawUserInterface
{
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override Size BufferSize { get; set; } = new(width, 3000);
    public override Coordinates CursorPosition { get; set; }
    public override int CursorSize { get; set; } = 25;
    public override bool KeyAvailable => false;
    public override Size MaxPhysicalWindowSize => new(width, 50);
    public override Size MaxWindowSize => new(width, 50);
    public override Coordinates WindowPosition { get; set; }
    public override Size WindowSize { get; set; } = new(width, 50);
    public override string WindowTitle { get; set; } = "";
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
}
