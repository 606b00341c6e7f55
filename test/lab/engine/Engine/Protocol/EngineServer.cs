// `lab engine`: one JSON request a line on standard input, one answer a line on standard output, several at a time.
using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class EngineServer
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ConcurrentDictionary<string, IOrganization> organizations = new();
    private readonly ConcurrentDictionary<string, KeptSession> sessions = new();
    private readonly Lock writing = new();
    private readonly Stream output = Console.OpenStandardOutput();
    private int last;

    /// <summary>Serves until standard input ends.</summary>
    public int Serve()
    {
        // whatever a script prints by [Console] must not come between the answers
        Console.SetOut(Console.Error);
        var working = new List<Thread>();
        using var reader = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        while (reader.ReadLine() is { } line)
        {
            var thread = new Thread(() => Answer(line), 16 * 1024 * 1024) { IsBackground = true };
            thread.Start();
            working.RemoveAll(each => !each.IsAlive);
            working.Add(thread);
        }
        foreach (var session in sessions.Values)
        {
            session.Dispose();
        }
        foreach (var organization in organizations.Values)
        {
            (organization as IDisposable)?.Dispose();
        }
        return 0;
    }

    private void Answer(string line)
    {
        JsonNode? id = null;
        JsonObject answer;
        try
        {
            var request = JsonNode.Parse(line)!.AsObject();
            id = request["id"]?.DeepClone();
            answer = new JsonObject { ["id"] = id, ["result"] = Do(request) };
        }
        catch (LabError refusal)
        {
            answer = new JsonObject { ["id"] = id?.DeepClone(), ["error"] = new JsonObject { ["id"] = refusal.Id, ["message"] = refusal.Message, ["category"] = refusal.Category.ToString() } };
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            answer = new JsonObject { ["id"] = id?.DeepClone(), ["error"] = new JsonObject { ["id"] = failure.GetType().Name, ["message"] = failure.ToString(), ["category"] = "NotSpecified" } };
        }
        var bytes = Encoding.UTF8.GetBytes(answer.ToJsonString(Plain) + "\n");
        lock (writing)
        {
            output.Write(bytes);
            output.Flush();
        }
    }

    private JsonNode? Do(JsonObject request) => request["op"]!.GetValue<string>() switch
    {
        "organization.new" => new JsonObject { ["organization"] = Keep(organizations, "organization", new Organization((JsonObject)request["state"]!.DeepClone())) },
        "organization.call" => Organization(request).Call(request["operation"]!.GetValue<string>(), request["arguments"]?.DeepClone() as JsonObject ?? [])?.DeepClone(),
        "organization.drop" => Drop(organizations, request["organization"]!.GetValue<string>()),
        "session.open" => new JsonObject { ["session"] = Keep(sessions, "session", Session(request)) },
        "session.close" => Drop(sessions, request["session"]!.GetValue<string>()),
        "run" => Run(request),
        "constants" => Gate.Constants(request["text"]!.GetValue<string>()),
        "parse" => Gate.Parse(request["text"]!.GetValue<string>()),
        var other => throw new ArgumentException($"no such op: {other}"),
    };

    private JsonObject Run(JsonObject request)
    {
        if (request["session"]?.GetValue<string>() is { } handle)
        {
            return sessions[handle].Run(request);
        }
        using var session = Session(request);
        return session.Run(request);
    }

    /// <summary>A session on a lab process has its own connection, and takes it with it.</summary>
    private KeptSession Session(JsonObject request)
    {
        var organization = Organization(request);
        return new KeptSession(organization, request, organization as SocketOrganization);
    }

    private IOrganization Organization(JsonObject request)
    {
        if (request["organization"]?.GetValue<string>() is { } handle)
        {
            return organizations.TryGetValue(handle, out var known) ? known : throw new ArgumentException($"no such organization: {handle}");
        }
        return request["data"]?.GetValue<string>() is { } data ? new SocketOrganization(data) : throw new ArgumentException("organization or data is missing");
    }

    private string Keep<T>(ConcurrentDictionary<string, T> table, string name, T value)
    {
        var handle = $"{name}-{Interlocked.Increment(ref last)}";
        table[handle] = value;
        return handle;
    }

    private static JsonNode? Drop<T>(ConcurrentDictionary<string, T> table, string handle)
    {
        if (table.TryRemove(handle, out var value))
        {
            (value as IDisposable)?.Dispose();
        }
        return null;
    }
}
