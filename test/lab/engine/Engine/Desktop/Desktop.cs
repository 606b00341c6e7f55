// Makes the engine look like Windows PowerShell 5.1 Desktop where a script can tell.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text;

namespace Lab;

public static class Desktop
{
    public static readonly Version Version = new(5, 1, 20348, 2849);
    private static readonly string[] NotIn51 = ["IsLinux", "IsMacOS", "IsWindows", "IsCoreCLR", "PSStyle", "PSNativeCommandUseErrorActionPreference", "PSNativeCommandArgumentPassing"];
    private static readonly string[] CommandsNotIn51 = ["Switch-Process", "Get-PSSubsystem", "New-PSTransportOption", "Enable-ExperimentalFeature", "Disable-ExperimentalFeature", "Get-ExperimentalFeature", "Start-Job", "Enter-PSHostProcess", "Exit-PSHostProcess", "Get-PSHostProcessInfo"];
    private static readonly Lazy<bool> Once = new(SetUp);

    /// <summary>What holds for the process: done once.</summary>
    public static void Begin() => _ = Once.Value;

    /// <summary>What a runspace is made with.</summary>
    public static void Dress(InitialSessionState state)
    {
        foreach (var name in NotIn51)
        {
            state.Variables.Remove(name, typeof(SessionStateVariableEntry));
        }
        foreach (var name in CommandsNotIn51)
        {
            state.Commands.Remove(name, typeof(SessionStateCmdletEntry));
        }
        state.Variables.Add(new SessionStateVariableEntry("PSModuleAutoLoadingPreference", "None", ""));
        state.Variables.Add(new SessionStateVariableEntry("ErrorView", "NormalView", ""));
        state.Variables.Add(new SessionStateVariableEntry("ConfirmPreference", ConfirmImpact.High, ""));
        state.Providers.Remove("Environment", typeof(SessionStateProviderEntry));
        state.Providers.Add(new SessionStateProviderEntry("Environment", typeof(VariablesProvider), null));
    }

    /// <summary>What can be set only in an open runspace.</summary>
    public static void Settle(Runspace runspace)
    {
        // a constant to everybody else
        var edition = runspace.SessionStateProxy.PSVariable.Get("PSEdition");
        typeof(PSVariable).GetField("_value", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(edition, "Desktop");
        runspace.SessionStateProxy.InvokeCommand.PostCommandLookupAction = ScriptFiles.Check;
        runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = OrganizationSession.RefuseByName;
    }

    /// <summary>5.1 formats without escape sequences; the window colours errors and warnings itself.</summary>
    private static void PlainOutput()
    {
        PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        var formatting = PSStyle.Instance.Formatting;
        foreach (var property in formatting.GetType().GetProperties().Where(each => each.PropertyType == typeof(string) && each.CanWrite))
        {
            property.SetValue(formatting, "");
        }
    }

    private static bool SetUp()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        PlainOutput();
        var info = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSVersionInfo")!;
        var table = (Hashtable)info.GetMethod("GetPSVersionTable", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null)!;
        foreach (var name in new[] { "GitCommitId", "OS", "Platform" })
        {
            table.Remove(name);
        }
        table["PSVersion"] = Version;
        table["PSEdition"] = "Desktop";
        table["BuildVersion"] = new Version(10, 0, 20348, 2849);
        table["CLRVersion"] = new Version(4, 0, 30319, 42000);
        table["WSManStackVersion"] = new Version(3, 0);
        table["PSCompatibleVersions"] = new Version[] { new(1, 0), new(2, 0), new(3, 0), new(4, 0), new(5, 0), Version };
        // the modules Windows brings, and none of the host's own
        Environment.SetEnvironmentVariable("PSModulePath", Path.Combine(AppContext.BaseDirectory, "module", "windows"));
        Accelerators.Add();
        return true;
    }
}
