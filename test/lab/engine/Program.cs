// The lab's program: `lab engine` (JSON lines over stdio), `lab shell` (interactive), `lab serve` (the lab process).
using System.Globalization;

namespace Lab;

public static class Program
{
    public static int Main(string[] arguments)
    {
        // a computer of the simulation has its own culture, never the host's
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        switch (arguments.FirstOrDefault())
        {
            case "engine":
                return new EngineServer().Serve();
            case "shell":
                return Shell.Run(arguments[1..]);
            case "serve":
                return LabProcess.Serve(arguments[1..]);
            default:
                Console.Error.WriteLine("usage: lab engine | lab shell --data DIR [--server NAME] | lab serve --data DIR [--loopback 127.0.0]");
                return 64;
        }
    }
}
