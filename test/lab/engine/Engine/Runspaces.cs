// Opens the runspaces of the simulation: what is found in each is decided here by its kind.
using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;

namespace Lab;

public static class Runspaces
{
    /// <summary>A fresh, opened runspace standing where <paramref name="kind"/> says; the caller disposes it.</summary>
    public static Runspace Open(SessionKind kind, string? server, IOrganization organization, PSHost host) =>
        Open(new LabContext(kind, server, organization, host, Kill.Never));

    private static readonly ConcurrentDictionary<SessionKind, Lazy<InitialSessionState>> States = new();

    private static Lazy<InitialSessionState> Make(SessionKind kind) => new(() =>
    {
        var state = InitialSessionState.CreateDefault2();
        BaseCommands.Add(state);
        Desktop.Dress(state);
        FileDrives.Leave(state);
        OrganizationSession.Prepare(state, kind);
        return state;
    });

    public static Runspace Open(LabContext context)
    {
        Desktop.Begin();
        Settle(context);
        // cloned by each runspace that is made with it
        var runspace = RunspaceFactory.CreateRunspace(context.Host, States.GetOrAdd(context.Kind, Make).Value);
        context.Attach(runspace);
        var caller = Runspace.DefaultRunspace;
        try
        {
            Runspace.DefaultRunspace = runspace;
            // one thread for all of a runspace's pipelines, as a culture is a thread's; else the caller's own, as starting threads costs more than most calls
            runspace.ThreadOptions = context.Host.CurrentCulture.Equals(CultureInfo.InvariantCulture) ? PSThreadOptions.UseCurrentThread : PSThreadOptions.ReuseThread;
            runspace.Open();
            FileDrives.Begin(runspace);
            Modules.Import(runspace, context.Kind);
            RefuseFailedImport(runspace);
            Desktop.Settle(runspace);
            Place(runspace, context);
            TakeAway(runspace, context);
            TakeCulture(runspace, context.Host.CurrentCulture);
            if (context.Kind == SessionKind.ExchangeEndpoint)
            {
                runspace.SessionStateProxy.LanguageMode = PSLanguageMode.NoLanguage;
            }
            else if (context.Facts["languageMode"]?.GetValue<string>() is { } mode)
            {
                runspace.SessionStateProxy.LanguageMode = Enum.Parse<PSLanguageMode>(mode);
            }
            context.Kill.Watch(runspace);
            return runspace;
        }
        finally
        {
            Runspace.DefaultRunspace = caller;
        }
    }

    /// <summary>Asks the organization what holds on this computer, before its runspace is made.</summary>
    private static void Settle(LabContext context)
    {
        context.Facts = context.Call("session.facts", []) as JsonObject ?? [];
        if (context.Facts["culture"]?.GetValue<string>() is { } culture && context.Host is ICultured host)
        {
            host.Culture = CultureInfo.GetCultureInfo(culture);
        }
        foreach (var (scope, policy) in context.Facts["executionPolicy"] as JsonObject ?? [])
        {
            context.Policies[scope] = policy!.GetValue<string>();
        }
    }

    private static void TakeCulture(Runspace runspace, CultureInfo culture)
    {
        if (runspace.ThreadOptions == PSThreadOptions.ReuseThread)
        {
            using var pipeline = PowerShell.Create(runspace);
            pipeline.AddScript("param($culture) [Threading.Thread]::CurrentThread.CurrentCulture = $culture").AddArgument(culture).Invoke();
        }
    }

    /// <summary>What the caller's roles lack is not there at all.</summary>
    private static void TakeAway(Runspace runspace, LabContext context)
    {
        foreach (var cmdlet in context.Facts["lacking"] as JsonArray ?? [])
        {
            runspace.SessionStateProxy.InvokeProvider.Item.Remove($"function:{cmdlet}", recurse: false);
        }
    }

    /// <summary>A module that does not load is our own fault, never a refusal of the simulated system.</summary>
    private static void RefuseFailedImport(Runspace runspace)
    {
        if (runspace.SessionStateProxy.GetVariable("Error") is System.Collections.IList { Count: > 0 } errors)
        {
            throw new InvalidOperationException($"the lab's runspace does not open: {errors[0]}");
        }
    }

    /// <summary>A server has its own drive C:, the workstation the host's files.</summary>
    private static void Place(Runspace runspace, LabContext context)
    {
        if (context.Server is null || context.Kind is SessionKind.Workstation or SessionKind.ExchangeEndpoint)
        {
            return;
        }
        var answer = context.Call("server.folder", new JsonObject { ["server"] = context.Server });
        if (answer is JsonObject told && told["path"]?.GetValue<string>() is { } folder)
        {
            context.DriveC = folder;
            var intrinsics = runspace.SessionStateProxy;
            var provider = intrinsics.Provider.GetOne("FileSystem");
            FileDrives.Add(runspace, new PSDriveInfo("C", provider, folder, "", null));
            var start = context.Kind == SessionKind.ManagementShell ? @"C:\Windows\system32" : @"C:\Users\admin\Documents";
            foreach (var needed in new[] { start, @"C:\Windows\Temp", @"C:\Users\admin" })
            {
                Directory.CreateDirectory(Path.Combine(folder, needed[3..].Replace('\\', '/')));
            }
            intrinsics.Path.SetLocation(start);
        }
    }
}
