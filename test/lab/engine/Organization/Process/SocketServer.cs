// Answers operations over a Unix socket, a JSON object a line, each client's calls side by side.
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class SocketServer : IDisposable
{
    private readonly Organization organization;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string path;

    public SocketServer(Organization organization, string path)
    {
        this.organization = organization;
        this.path = path;
        File.Delete(path);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        listener.Listen(64);
        _ = Accept();
    }

    public void Dispose()
    {
        listener.Dispose();
        File.Delete(path);
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = Task.Run(() => Serve(client));
        }
    }

    private async Task Serve(Socket client)
    {
        var sessions = new HashSet<string>();
        await using var stream = new NetworkStream(client, ownsSocket: true);
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        var writing = new SemaphoreSlim(1);
        var gone = new CancellationTokenSource();
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                _ = Task.Run(async () =>
                {
                    var bytes = Encoding.UTF8.GetBytes(Answer(line, sessions, gone.Token).ToJsonString(StateJson.Options) + "\n");
                    await writing.WaitAsync();
                    try
                    {
                        await stream.WriteAsync(bytes);
                    }
                    catch (IOException)
                    {
                        // The client went away before its answer: what it asked is done all the same.
                    }
                    finally
                    {
                        writing.Release();
                    }
                });
            }
        }
        catch (IOException)
        {
            // A killed shell: as when its line ends.
        }
        await gone.CancelAsync();
        // What a killed shell left open is closed, as WinRM closes the shells of a client that vanished.
        foreach (var session in Snapshot(sessions))
        {
            organization.Call("session.close", new JsonObject { ["session"] = session });
        }
    }

    private JsonObject Answer(string line, HashSet<string> sessions, CancellationToken gone)
    {
        JsonNode? id = null;
        try
        {
            var request = (JsonObject)JsonNode.Parse(line)!;
            id = request["id"]?.DeepClone();
            var operation = request["operation"]!.GetValue<string>();
            var arguments = (JsonObject?)request["arguments"]?.DeepClone() ?? [];
            var result = organization.Call(operation, arguments, gone);
            lock (sessions)
            {
                if (operation == "session.open")
                {
                    sessions.Add(result!["session"]!.GetValue<string>());
                }
                else if (operation == "session.close")
                {
                    sessions.Remove(arguments["session"]?.ToString() ?? "");
                }
            }
            return new JsonObject { ["id"] = id, ["result"] = result?.DeepClone() };
        }
        catch (LabError refusal)
        {
            return new JsonObject { ["id"] = id, ["error"] = new JsonObject { ["id"] = refusal.Id, ["message"] = refusal.Message, ["category"] = refusal.Category.ToString() } };
        }
        catch (Exception failure)
        {
            return new JsonObject { ["id"] = id, ["error"] = new JsonObject { ["id"] = "LabFailure", ["message"] = failure.Message, ["category"] = "NotSpecified" } };
        }
    }

    private static string[] Snapshot(HashSet<string> sessions)
    {
        lock (sessions)
        {
            return [.. sessions];
        }
    }
}
