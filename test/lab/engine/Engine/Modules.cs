// The simulation's own PowerShell modules: where they lie, whether a script is one of them, and how they come into a runspace.
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Lab;

public static class Modules
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "module");
    private static readonly ConcurrentDictionary<string, Lazy<ScriptBlock>> Read = new();

    public static bool Owns(string? script) => script is not null && script.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>Imports the modules of that kind; each file is read and compiled once for all runspaces.</summary>
    public static void Import(Runspace runspace, SessionKind kind)
    {
        foreach (var name in Names(kind))
        {
            using var pipeline = PowerShell.Create(runspace);
            pipeline.AddCommand("New-Module").AddParameter("Name", name).AddParameter("ScriptBlock", Body(name));
            pipeline.AddCommand("Import-Module").AddParameter("Global").AddParameter("DisableNameChecking");
            pipeline.Invoke();
        }
    }

    /// <summary>A module of several files is read as one: each further module costs every runspace its import.</summary>
    private static ScriptBlock Body(string name) => Read.GetOrAdd(name, module => new(() =>
    {
        var text = string.Join('\n', Files(module).Select(file => PageParameters.Fill(File.ReadAllText(Path.Combine(Folder, file + ".psm1")))));
        var ast = Parser.ParseInput(text, Path.Combine(Folder, module + ".psm1"), out _, out var problems);
        return problems.Length == 0 ? ast.GetScriptBlock() : throw new ParseException(problems);
    })).Value;

    private static string[] Files(string name) => name switch
    {
        "Exchange" => ["Exchange", "Transport", "Clients"],
        "Server" => ["Server", "Pki"],
        _ => [name],
    };

    private static string[] Names(SessionKind kind) => kind switch
    {
        SessionKind.Workstation => ["Base"],
        SessionKind.ManagementShell => ["Base", "Server", "Exchange"],
        SessionKind.Server => ["Base", "Server"],
        _ => ["Base", "Exchange"],
    };
}
