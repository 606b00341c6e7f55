// The organization of a lab process, over its Unix socket: JSON lines, one question at a time.
using System.Management.Automation;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class SocketOrganization : IOrganization, IDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly StreamReader reader;
    private readonly Stream stream;
    private readonly Lock gate = new();
    private int last;

    /// <summary>Connects to DIR/lab.sock; throws when no lab process serves there.</summary>
    public SocketOrganization(string data)
    {
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(data, "lab.sock")));
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = new StreamReader(stream, new UTF8Encoding(false));
    }

    public JsonNode? Call(string operation, JsonObject arguments)
    {
        lock (gate)
        {
            var question = new JsonObject { ["id"] = ++last, ["operation"] = operation, ["arguments"] = arguments.DeepClone() };
            stream.Write(Encoding.UTF8.GetBytes(question.ToJsonString() + "\n"));
            var answer = JsonNode.Parse(reader.ReadLine() ?? throw new LabError("LabGone", "the lab process has ended", ErrorCategory.ConnectionError))!.AsObject();
            if (answer["error"] is JsonObject error)
            {
                var category = Enum.TryParse<ErrorCategory>(error["category"]?.ToString(), out var known) ? known : ErrorCategory.NotSpecified;
                throw new LabError(error["id"]?.ToString() ?? "LabError", error["message"]?.ToString() ?? "", category);
            }
            return answer["result"]?.DeepClone();
        }
    }

    public void Dispose() => stream.Dispose();
}
