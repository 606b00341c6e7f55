// Counts the statements of one run over all its runspaces and kills it at a given one: nothing runs after that, `finally` neither.
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Lab;

public sealed class Kill(int? at, bool counting, Action<int>? onStatement = null)
{
    private readonly Lock gate = new();
    private readonly List<Runspace> watched = [];
    private bool killed;

    /// <summary>For runs that are neither counted nor killed.</summary>
    public static Kill Never => new(null, false);

    public int Statements { get; private set; }
    public bool Counting { get; } = counting || at is not null;
    public bool Killed
    {
        get { lock (gate) { return killed; } }
    }

    /// <summary>Steps through every statement of a runspace; must be called before its first command.</summary>
    public void Watch(Runspace runspace)
    {
        lock (gate)
        {
            watched.Add(runspace);
        }
        if (Counting)
        {
            Step(runspace);
        }
    }

    private void Step(Runspace runspace)
    {
        runspace.Debugger.SetDebugMode(DebugModes.LocalScript);
        runspace.Debugger.DebuggerStop += OnStop;
        runspace.AvailabilityChanged += (_, change) =>
        {
            // each pipeline begins with stepping off: arm it anew
            if (change.RunspaceAvailability == RunspaceAvailability.Busy)
            {
                runspace.Debugger.SetDebuggerStepMode(true);
            }
        };
        runspace.Debugger.SetDebuggerStepMode(true);
    }

    /// <summary>The terminal ends here, in the middle of a statement: what runs is stopped at its next one.</summary>
    public void Die()
    {
        Runspace[] running;
        lock (gate)
        {
            killed = true;
            running = Counting ? [] : [.. watched.Where(runspace => runspace.RunspaceStateInfo.State == RunspaceState.Opened)];
        }
        foreach (var runspace in running)
        {
            Step(runspace);
        }
    }

    public void ThrowIfKilled()
    {
        if (Killed)
        {
            throw new PipelineStoppedException();
        }
    }

    private void OnStop(object? sender, DebuggerStopEventArgs stop)
    {
        lock (gate)
        {
            // a statement inside a simulated cmdlet is no statement of the script
            if (!killed && !Modules.Owns(stop.InvocationInfo?.ScriptName))
            {
                Statements++;
                onStatement?.Invoke(Statements);
                killed = at is { } statement && Statements >= statement;
            }
            stop.ResumeAction = killed ? DebuggerResumeAction.Stop : DebuggerResumeAction.StepInto;
        }
    }
}
