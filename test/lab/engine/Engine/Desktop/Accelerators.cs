// Types a Windows script names that .NET on Linux lacks or that mean something else there: by type accelerators, in both spellings.
using System.Management.Automation;

namespace Lab;

public static class Accelerators
{
    public static void Add()
    {
        var table = typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators")!;
        var add = table.GetMethod("Add", [typeof(string), typeof(Type)])!;
        foreach (var (name, type) in Names)
        {
            add.Invoke(null, [name, type]);
        }
    }

    private static IEnumerable<(string Name, Type Type)> Names =>
    [
        ("System.Management.Automation.Runspaces.PSSession", typeof(LabSession)),
        ("Management.Automation.Runspaces.PSSession", typeof(LabSession)),
        ("System.IO.File", typeof(LabFile)),
        ("IO.File", typeof(LabFile)),
        ("System.Security.Principal.WindowsIdentity", typeof(WindowsIdentity)),
        ("Security.Principal.WindowsIdentity", typeof(WindowsIdentity)),
        ("System.Security.Principal.WindowsPrincipal", typeof(WindowsPrincipal)),
        ("Security.Principal.WindowsPrincipal", typeof(WindowsPrincipal)),
    ];
}

/// <summary>The administrator at the simulated computer.</summary>
public sealed class WindowsIdentity : IDisposable
{
    public string Name => @"CONTOSO\admin";
    public string AuthenticationType => "Kerberos";
    public bool IsAuthenticated => true;
    public WindowsSid User { get; } = new("S-1-5-21-1004336348-1177238915-682003330-1104");

    public static WindowsIdentity GetCurrent() => new();

    public void Dispose() { }
}

/// <summary>A security identifier's text.</summary>
public sealed record WindowsSid(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Elevated on a server, not on the workstation.</summary>
public sealed class WindowsPrincipal(WindowsIdentity identity)
{
    public WindowsIdentity Identity { get; } = identity;

    public bool IsInRole(object role) => role is not null && LabContext.Current.Kind != SessionKind.Workstation;
}
