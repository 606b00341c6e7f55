// The file system's provider and drives of a runspace, put in ready-made: the provider's own start asks the host's mount table some sixty times.
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands;

namespace Lab;

public static class FileDrives
{
    private const BindingFlags Inner = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private static PSSnapInInfo? snapIn;

    /// <summary>Leaves the provider out of what a runspace opens with.</summary>
    public static void Leave(InitialSessionState state)
    {
        snapIn = state.Providers["FileSystem"].Single().PSSnapIn;
        state.Providers.Remove("FileSystem", typeof(SessionStateProviderEntry));
    }

    /// <summary>Puts it into an opened one, with the host's files as its drive, standing in the process's own folder.</summary>
    public static void Begin(Runspace runspace)
    {
        var session = Session(runspace);
        var provider = (ProviderInfo)Activator.CreateInstance(typeof(ProviderInfo), Inner, null, [Get(session, "PublicSessionState"), typeof(FileSystemProvider), "FileSystem", null, snapIn], null)!;
        provider.Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        ((Dictionary<string, List<ProviderInfo>>)Get(session, "Providers"))["FileSystem"] = [provider];
        var root = new PSDriveInfo("/", provider, "/", "", null) { CurrentLocation = Directory.GetCurrentDirectory().TrimStart('/') };
        // "/" stands before a path without a colon, as the provider itself has it
        typeof(PSDriveInfo).GetProperty("VolumeSeparatedByColon", Inner)!.SetValue(root, false);
        Add(runspace, root);
        session.GetType().GetProperty("CurrentDrive", Inner)!.SetValue(session, root);
        ((Dictionary<ProviderInfo, PSDriveInfo>)Get(session, "ProvidersCurrentWorkingDrive"))[provider] = root;
    }

    public static void Add(Runspace runspace, PSDriveInfo drive)
    {
        var scope = Get(Session(runspace), "GlobalScope");
        scope.GetType().GetMethod("NewDrive", Inner)!.Invoke(scope, [drive]);
    }

    private static object Session(Runspace runspace)
    {
        var context = typeof(Runspace).GetProperty("ExecutionContext", Inner)!.GetValue(runspace)!;
        return Get(context, "EngineSessionState");
    }

    private static object Get(object from, string name) => from.GetType().GetProperty(name, Inner)!.GetValue(from)!;
}
