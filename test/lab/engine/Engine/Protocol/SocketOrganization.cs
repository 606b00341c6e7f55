// The organization of a lab process, over its Unix socket: JSON lines, many questions at a time, so that slow servers are slow side by side.
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class SocketOrganization : IOrganization, IDisposable
{
    private readonly NetworkStream stream;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> waiting = new();
    private readonly Lock writing = new();
    private volatile bool gone;
    private int last;

    /// <summary>Connects to DIR/lab.sock; throws when no lab process serves there.</summary>
    public SocketOrganization(string data)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(data, "lab.sock")));
        stream = new NetworkStream(socket, ownsSocket: true);
        new Thread(Read) { IsBackground = true, Name = "lab socket" }.Start();
    }

    public JsonNode? Call(string operation, JsonObject arguments)
    {
        var id = Interlocked.Increment(ref last);
        var answered = waiting[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var question = new JsonObject { ["id"] = id, ["operation"] = operation, ["arguments"] = arguments.DeepClone() };
        try
        {
            lock (writing)
            {
                stream.Write(Encoding.UTF8.GetBytes(question.ToJsonString() + "\n"));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            throw Gone();
        }
        if (gone)
        {
            throw Gone();
        }
        var answer = answered.Task.GetAwaiter().GetResult();
        if (answer["error"] is JsonObject error)
        {
            var category = Enum.TryParse<ErrorCategory>(error["category"]?.ToString(), out var known) ? known : ErrorCategory.NotSpecified;
            throw new LabError(error["id"]?.ToString() ?? "LabError", error["message"]?.ToString() ?? "", category);
        }
        return answer["result"]?.DeepClone();
    }

    public void Dispose() => stream.Dispose();

    private static LabError Gone() => new("LabGone", "the lab process has ended", ErrorCategory.ConnectionError);

    private void Read()
    {
        try
        {
            using var reader = new StreamReader(stream, new UTF8Encoding(false));
            while (reader.ReadLine() is { } line)
            {
                var answer = JsonNode.Parse(line)!.AsObject();
                if (waiting.TryRemove(answer["id"]!.GetValue<int>(), out var call))
                {
                    call.SetResult(answer);
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // told to everyone who waits, below
        }
        gone = true;
        foreach (var call in waiting.Values)
        {
            call.TrySetException(Gone());
        }
    }
}
