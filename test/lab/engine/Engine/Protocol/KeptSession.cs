// A runspace for one run, or kept over several: runs a script in it and tells everything that came of it.
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class KeptSession : IDisposable
{
    private readonly Queue<string> answers = new();
    private readonly EngineHost host;
    private readonly Runspace runspace;
    private readonly LabContext context;
    private readonly Witness? witness;
    private readonly IDisposable? owned;
    private bool unanswered;
    private PowerShell? running;

    /// <summary>Opens at { kind, server, killAt?, count?, watch?, at? }; a kill counts over all runs of the session; <paramref name="owned"/> ends with it.</summary>
    public KeptSession(IOrganization organization, JsonObject request, IDisposable? owned = null)
    {
        this.owned = owned;
        host = new EngineHost(answers, OnUnanswered);
        witness = request["watch"] is JsonArray watched ? new Witness(organization, [.. watched.Select(folder => folder!.GetValue<string>())]) : null;
        var events = (request["at"] as JsonArray ?? []).Select(each => each!.AsObject()).ToLookup(each => each["statement"]!.GetValue<int>());
        void OnStatement(int statement)
        {
            foreach (var each in events[statement])
            {
                organization.Call(each["operation"]!.GetValue<string>(), each["arguments"]?.DeepClone() as JsonObject ?? []);
            }
            witness?.Look(statement);
        }
        var kill = new Kill(request["killAt"]?.GetValue<int>(), witness is not null || events.Count > 0 || (request["count"]?.GetValue<bool>() ?? false), OnStatement);
        context = new LabContext(SessionKinds.Parse(request["kind"]?.GetValue<string>() ?? "workstation"), request["server"]?.GetValue<string>(), organization, host, kill);
        runspace = Runspaces.Open(context);
    }

    public JsonObject Run(JsonObject request)
    {
        answers.Clear();
        foreach (var answer in request["answers"] as JsonArray ?? [])
        {
            answers.Enqueue(answer!.GetValue<string>());
        }
        unanswered = false;
        var printed = host.Text.Length;
        var asked = host.Prompts.Count;
        using var pipeline = PowerShell.Create(runspace);
        running = pipeline;
        Command(pipeline, request);
        var output = new PSDataCollection<PSObject>();
        var failure = Invoke(pipeline, output);
        var errors = new JsonArray([.. pipeline.Streams.Error.Select(Error)]);
        if (failure is not null)
        {
            errors.Add(Error(failure));
        }
        var result = new JsonObject
        {
            ["outcome"] = unanswered ? "no-answer" : context.Kill.Killed ? "killed" : failure is not null ? "failed" : host.ExitCode is null ? "completed" : "exit",
            ["killed"] = unanswered || context.Kill.Killed,
            ["exitCode"] = host.ExitCode,
            ["statements"] = context.Kill.Counting ? context.Kill.Statements : null,
            ["changedAt"] = witness?.Statements,
            ["errors"] = errors,
            ["prompts"] = new JsonArray([.. host.Prompts.Skip(asked).Select(each => (JsonNode)new JsonObject { ["text"] = each.Text, ["kind"] = each.Kind })]),
            ["hostText"] = host.Text[printed..],
            ["warnings"] = new JsonArray([.. pipeline.Streams.Warning.Select(each => (JsonNode?)each.Message)]),
        };
        Shown.Add(result, runspace, output);
        return result;
    }

    public void Dispose()
    {
        context.Sessions.Dispose();
        runspace.Dispose();
        owned?.Dispose();
    }

    private void OnUnanswered()
    {
        unanswered = true;
        running?.BeginStop(null, null);
    }

    private static void Command(PowerShell pipeline, JsonObject request)
    {
        var parameters = request["parameters"] as JsonObject ?? [];
        if (request["file"]?.GetValue<string>() is { } file)
        {
            pipeline.AddCommand(Path.GetFullPath(file));
        }
        else
        {
            pipeline.AddScript(request["script"]!.GetValue<string>());
        }
        foreach (var (name, value) in parameters)
        {
            pipeline.AddParameter(name, Argument(value));
        }
    }

    /// <summary>{ "secureString": "…" } stands for a SecureString.</summary>
    private static object? Argument(JsonNode? value) =>
        value is JsonObject { Count: 1 } record && record["secureString"] is { } secret ? Secrets.Hide(secret.GetValue<string>()) : LabJson.To(value);

    private static ErrorRecord? Invoke(PowerShell pipeline, PSDataCollection<PSObject> output)
    {
        try
        {
            pipeline.Invoke(null, output);
            return null;
        }
        catch (PipelineStoppedException)
        {
            return null;
        }
        catch (RuntimeException failure)
        {
            return failure.ErrorRecord;
        }
    }

    private static JsonNode Error(ErrorRecord error) => new JsonObject
    {
        ["id"] = error.FullyQualifiedErrorId,
        ["category"] = error.CategoryInfo.Category.ToString(),
        ["message"] = error.ErrorDetails?.Message ?? error.Exception.Message,
        ["position"] = error.InvocationInfo?.PositionMessage,
        ["exception"] = error.Exception.GetType().FullName,
    };
}
