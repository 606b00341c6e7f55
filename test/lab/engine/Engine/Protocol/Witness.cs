// Looks at every statement of a run whether something was left behind: a kill leaves the same between two of the statements it tells.
using System.Text.Json.Nodes;

namespace Lab;

/// <summary>Compares the organization's log and the files of some folders before each statement with the look before.</summary>
public sealed class Witness(IOrganization organization, string[] folders)
{
    private readonly List<int> statements = [];
    private int changes = organization.Call("log.get", []) is JsonArray log ? log.Count : 0;
    private string files = Files(folders);

    /// <summary>The first statements that would not have run, each of which leaves something new behind.</summary>
    public JsonArray Statements => new(statements.Select(statement => (JsonNode?)statement).ToArray());

    public void Look(int statement)
    {
        var news = organization.Call("log.get", new JsonObject { ["after"] = changes }) is JsonArray log ? log.Count : 0;
        var now = Files(folders);
        if (news > 0 || now != files)
        {
            statements.Add(statement);
        }
        changes += news;
        files = now;
    }

    private static string Files(string[] folders) => string.Join('\n', folders
        .Where(Directory.Exists)
        .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        .Select(file => $"{file.FullName} {file.Length}")
        .Order(StringComparer.Ordinal));
}
