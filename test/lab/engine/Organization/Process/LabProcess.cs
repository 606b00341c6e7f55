// `lab serve`: the process that holds the organization and its listeners; shells and tests are its clients.
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Lab;

public static class LabProcess
{
    /// <summary>
    /// serve --data DIR [--loopback 127.0.0] [--until-stdin-closes]: DIR/state.json is the organization, DIR/lab.sock the way to it;
    /// prints `ready` once every listener stands. Ends on SIGTERM, SIGINT, or when its input closes where that was asked.
    /// </summary>
    public static int Serve(string[] arguments)
    {
        if (Option(arguments, "--data") is not { } data)
        {
            Console.Error.WriteLine("usage: lab serve --data DIR [--loopback 127.0.0] [--until-stdin-closes]");
            return 64;
        }
        var file = Path.Combine(data, "state.json");
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"there is no {file}: the organization to simulate");
            return 66;
        }
        var state = (JsonObject)JsonNode.Parse(File.ReadAllText(file))!;
        Move(state, Option(arguments, "--loopback"));
        using var organization = new Organization(state, data);
        using var listeners = new ListenerSet(organization);
        listeners.Sync();
        using var server = new SocketServer(organization, Path.Combine(data, "lab.sock"));
        using var ended = new ManualResetEventSlim();
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.Set();
        }
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        if (arguments.Contains("--until-stdin-closes"))
        {
            new Thread(() =>
            {
                while (Console.In.Read() >= 0)
                {
                }
                ended.Set();
            }) { IsBackground = true }.Start();
        }
        Console.WriteLine("ready");
        ended.Wait();
        return 0;
    }

    /// <summary>Puts every server's address under another /24 of the loopback, so that several labs run side by side.</summary>
    private static void Move(JsonObject state, string? loopback)
    {
        foreach (var server in loopback is null ? [] : state["servers"]?.AsArray() ?? [])
        {
            if (server?["address"]?.GetValue<string>() is { } address)
            {
                server["address"] = $"{loopback}.{address.Split('.')[^1]}";
            }
        }
    }

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
