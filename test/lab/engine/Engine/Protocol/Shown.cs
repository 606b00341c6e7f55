// A run's pipeline output twice: as the lines a window would show, and as JSON.
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;

namespace Lab;

public static class Shown
{
    public static void Add(JsonObject result, Runspace runspace, PSDataCollection<PSObject> output)
    {
        result["output"] = new JsonArray();
        result["objects"] = new JsonArray();
        if (output.Count == 0)
        {
            return;
        }
        var caller = Runspace.DefaultRunspace;
        try
        {
            Runspace.DefaultRunspace = runspace;
            result["objects"] = new JsonArray([.. output.Select(each => JsonWriter.Node(each, 6, plain: true))]);
            result["output"] = new JsonArray([.. Lines(runspace, output).Select(each => (JsonNode?)each)]);
        }
        finally
        {
            Runspace.DefaultRunspace = caller;
        }
    }

    private static IEnumerable<string> Lines(Runspace runspace, PSDataCollection<PSObject> output)
    {
        if (output.All(each => each?.BaseObject is string))
        {
            return output.Select(each => (string)each.BaseObject);
        }
        // a runspace of its own language mode or a killed one cannot format: a plain one can
        using var plain = PowerShell.Create(runspace.SessionStateProxy.LanguageMode == PSLanguageMode.FullLanguage && LabContext.Of(runspace)?.Kill.Counting != true ? runspace : Formatter());
        plain.AddCommand("Out-String").AddParameter("Stream").AddParameter("Width", 160);
        return [.. plain.Invoke<string>(output)];
    }

    private static Runspace Formatter() => Formatting.Value;

    private static readonly Lazy<Runspace> Formatting = new(() => Runspaces.Open(SessionKind.Workstation, null, new Nowhere(), new EngineHost(new Queue<string>(), () => { })));

    private sealed class Nowhere : IOrganization
    {
        public JsonNode? Call(string operation, JsonObject arguments) => operation == "session.facts" ? null : throw new LabError("NoOrganization", "there is no organization here");
    }
}
