// Where the simulation's own PowerShell modules lie, and whether a script is one of them.
namespace Lab;

public static class Modules
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "module");

    public static bool Owns(string? script) => script is not null && script.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>The module files found in a runspace of that kind; one that is not there yet is left out.</summary>
    public static string[] For(SessionKind kind) =>
        [.. Names(kind).Select(name => Path.Combine(Folder, name + ".psm1")).Where(File.Exists)];

    private static string[] Names(SessionKind kind) => kind switch
    {
        SessionKind.Workstation => ["Base"],
        SessionKind.ManagementShell => ["Base", "Server", "Exchange"],
        SessionKind.Server => ["Base", "Server"],
        _ => ["Base", "Exchange"],
    };
}
