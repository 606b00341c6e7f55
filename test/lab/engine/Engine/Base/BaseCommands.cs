// Puts the engine's own cmdlets and aliases into a runspace, in place of those of the library that do not fit the simulation.
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Lab;

public static class BaseCommands
{
    /// <summary>Known to the simulation's modules and proxies, not found when typed.</summary>
    private static readonly string[] Inner = ["Invoke-Lab", "Invoke-Proxy"];

    private static readonly (string Alias, string Command)[] Aliases =
    [
        ("ls", "Get-ChildItem"), ("cat", "Get-Content"), ("cp", "Copy-Item"), ("mv", "Move-Item"), ("rm", "Remove-Item"), ("rmdir", "Remove-Item"),
        ("sleep", "Start-Sleep"), ("sort", "Sort-Object"), ("compare", "Compare-Object"), ("diff", "Compare-Object"), ("tee", "Tee-Object"),
        ("write", "Write-Output"), ("clear", "Clear-Host"), ("ac", "Add-Content"), ("sc", "Set-Content"), ("clhy", "Clear-History"), ("ipsn", "Import-PSSession"),
    ];

    private static readonly (string Name, Type Type)[] Own =
        // the organization puts its own Lab… cmdlets where they belong
        [.. typeof(BaseCommands).Assembly.GetTypes().Select(type => (type.GetCustomAttribute<CmdletAttribute>(), type)).Where(each => each.Item1 is { } mark && (mark.NounName == "Lab" || !mark.NounName.StartsWith("Lab", StringComparison.Ordinal))).Select(each => ($"{each.Item1!.VerbName}-{each.Item1.NounName}", each.type))];

    public static void Add(InitialSessionState state)
    {
        foreach (var (name, type) in Own)
        {
            state.Commands.Remove(name, typeof(SessionStateCmdletEntry));
            var inner = Inner.Contains(name, StringComparer.Ordinal);
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null) { Visibility = inner ? SessionStateEntryVisibility.Private : SessionStateEntryVisibility.Public });
        }
        foreach (var (alias, command) in Aliases.Where(each => state.Commands[each.Alias].Count == 0))
        {
            state.Commands.Add(new SessionStateAliasEntry(alias, command));
        }
    }
}
