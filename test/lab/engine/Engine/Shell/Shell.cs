// `lab shell`: an interactive shell on the workstation or on a server of a running lab process.
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Lab;

public sealed class Shell : IEntry, IDisposable
{
    private static readonly PropertyInfo ToErrorStream = typeof(PSObject).GetProperty("WriteStream", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private readonly ShellArguments arguments;
    private readonly SocketOrganization organization;
    private readonly LineEditor editor;
    private readonly ShellHost host;
    private readonly LabContext context;
    private readonly Runspace runspace;
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim finished = new(false);
    private LabSession? entered;
    private PowerShell? running;
    private volatile bool ending;
    private bool failed;

    private Shell(ShellArguments arguments)
    {
        this.arguments = arguments;
        organization = new SocketOrganization(arguments.Data);
        editor = new LineEditor(() => ending, new History(HistoryFile(arguments)), new Completion(Here));
        host = new ShellHost(editor, Interrupt);
        var kind = arguments.Server is null ? SessionKind.Workstation : SessionKind.ManagementShell;
        context = new LabContext(kind, arguments.Server, organization, host, Kill.Never) { Entry = this };
        context.Policies["Process"] = arguments.ExecutionPolicy ?? "Undefined";
        runspace = Runspaces.Open(context);
    }

    /// <summary>The exit code: that of `exit`, or 1 where the shell cannot begin.</summary>
    public static int Run(string[] arguments)
    {
        try
        {
            using var shell = new Shell(ShellArguments.Parse(arguments));
            return shell.Run();
        }
        catch (Exception failure) when (failure is ArgumentException or System.Net.Sockets.SocketException)
        {
            Console.Error.WriteLine($"lab shell: {failure.Message}");
            return failure is ArgumentException ? 64 : 1;
        }
    }

    private int Run()
    {
        Terminal.Begin();
        // the handlers must live as long as the shell
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => { signal.Cancel = true; Interrupt(); });
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            return Session();
        }
        finally
        {
            Terminal.Restore();
            finished.Set();
        }
    }

    private int Session()
    {
        if (arguments.File is { } file)
        {
            Execute(pipeline => AddFile(pipeline, file));
        }
        else if (arguments.Command is { } command)
        {
            Execute(pipeline => pipeline.AddScript(command));
        }
        if ((arguments.File ?? arguments.Command) is null || arguments.NoExit)
        {
            Loop();
        }
        return host.ExitCode ?? (arguments.File is null ? 0 : runspace.SessionStateProxy.GetVariable("LASTEXITCODE") as int? ?? (failed ? 1 : 0));
    }

    private void Loop()
    {
        while (!ending && host.ExitCode is null)
        {
            var read = Input();
            if (read.Closed)
            {
                return;
            }
            if (read.Text is { } text && text.Trim().Length > 0)
            {
                Execute(pipeline => pipeline.AddScript(text), text);
            }
        }
    }

    /// <summary>One command, over as many lines as its brackets and quotes need.</summary>
    private LineRead Input()
    {
        var read = editor.ReadCommand(Prompt());
        if (read.Text is not { } text)
        {
            return read;
        }
        while (Incomplete(text))
        {
            var more = editor.ReadCommand(">> ");
            if (more.Text is null)
            {
                return more;
            }
            text += "\n" + more.Text;
            if (more.Text.Length == 0)
            {
                break;
            }
        }
        editor.Remember(text);
        return new LineRead(text, false, false);
    }

    /// <summary>One history for the workstation and one for each server, kept as long as the lab's folder is.</summary>
    private static string HistoryFile(ShellArguments arguments) => Path.Combine(arguments.Data, $"history-{arguments.Server?.ToUpperInvariant() ?? "workstation"}.txt");

    private static bool Incomplete(string text)
    {
        Parser.ParseInput(text, out _, out var problems);
        return problems.Any(each => each.IncompleteInput);
    }

    private string Prompt()
    {
        var far = entered;
        var place = (far?.Runspace ?? runspace).SessionStateProxy.Path.CurrentLocation.Path;
        var shown = place.Length > 1 && place[1] == ':' ? place.Replace('/', '\\') : place;
        return far is not null ? $"[{far.ComputerName}]: PS {shown}> " : context.Kind == SessionKind.Workstation ? $"PS {shown}> " : $"[PS] {shown}>";
    }

    private static void AddFile(PowerShell pipeline, string file) => pipeline.AddCommand(Path.GetFullPath(file));

    private void Execute(Action<PowerShell> add, string? typed = null)
    {
        using var pipeline = PowerShell.Create();
        pipeline.Runspace = runspace;
        if (entered is { } far && typed is not null)
        {
            // what was typed runs over there; its results come home and are shown here
            pipeline.AddCommand("Invoke-Command").AddParameter("Session", far).AddParameter("ScriptBlock", ScriptBlock.Create(typed)).AddParameter("HideComputerName");
            if (typed.Trim().Equals("exit", StringComparison.OrdinalIgnoreCase) || typed.Trim().Equals("Exit-PSSession", StringComparison.OrdinalIgnoreCase))
            {
                Leave();
                return;
            }
        }
        else
        {
            add(pipeline);
            if (typed is null)
            {
                AddRest(pipeline);
            }
        }
        pipeline.AddCommand("Out-Default");
        pipeline.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        lock (gate)
        {
            if (ending)
            {
                return;
            }
            running = pipeline;
        }
        try
        {
            pipeline.Invoke(null, new PSInvocationSettings { AddToHistory = typed is not null });
        }
        catch (PipelineStoppedException)
        {
            // Ctrl+C: back to the prompt
        }
        catch (RuntimeException failure)
        {
            failed = true;
            ShowFailure(failure.ErrorRecord);
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }
        }
    }

    /// <summary>-Name value pairs and plain values after -File.</summary>
    private void AddRest(PowerShell pipeline)
    {
        for (var index = 0; index < arguments.Rest.Count; index++)
        {
            var word = arguments.Rest[index];
            if (!word.StartsWith('-') || word.Length < 2)
            {
                pipeline.AddArgument(word);
            }
            else if (index + 1 < arguments.Rest.Count && !arguments.Rest[index + 1].StartsWith('-'))
            {
                pipeline.AddParameter(word[1..].TrimEnd(':'), arguments.Rest[++index]);
            }
            else
            {
                pipeline.AddParameter(word[1..]);
            }
        }
    }

    private void ShowFailure(ErrorRecord failure)
    {
        using var pipeline = PowerShell.Create();
        pipeline.Runspace = runspace;
        var shown = PSObject.AsPSObject(failure);
        ToErrorStream.SetValue(shown, Enum.Parse(ToErrorStream.PropertyType, "Error"));
        if (runspace.SessionStateProxy.GetVariable("Error") is System.Collections.ArrayList errors && (errors.Count == 0 || !ReferenceEquals(errors[0], failure)))
        {
            errors.Insert(0, failure);
        }
        pipeline.AddCommand("Out-Default").AddParameter("InputObject", shown);
        pipeline.Invoke();
    }

    private void Interrupt()
    {
        lock (gate)
        {
            running?.BeginStop(null, null);
        }
    }

    /// <summary>The window closes: stop what runs, let its `finally` do its work, then go.</summary>
    private void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        ending = true;
        Interrupt();
        finished.Wait(TimeSpan.FromSeconds(30));
    }

    /// <summary>Where a line that is typed now would run.</summary>
    private Runspace Here() => entered?.Runspace ?? runspace;

    public void Enter(LabSession session) => entered = session;

    public void Leave() => entered = null;

    public void Dispose()
    {
        context.Sessions.Dispose();
        runspace.Dispose();
        organization.Dispose();
        finished.Dispose();
    }
}
