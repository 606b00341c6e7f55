// The files of private keys on a server's drive C:, empty stand-ins that are there when the key is, for scripts that look.
namespace Lab;

public static class KeyFiles
{
    private const string csp = "ProgramData/Microsoft/Crypto/RSA/MachineKeys";
    private const string cng = "ProgramData/Microsoft/Crypto/Keys";

    /// <summary>Makes the two folders hold exactly the keys of the server.</summary>
    public static void Sync(ServerState server, string drive)
    {
        var keys = server.Store.Where(entry => entry is { HasPrivateKey: true, Container: not null }).ToLookup(entry => entry.IsCsp, entry => entry.Container!);
        Hold(Path.Combine(drive, csp), [.. keys[true], .. server.LeftKeys]);
        Hold(Path.Combine(drive, cng), [.. keys[false]]);
    }

    private static void Hold(string folder, HashSet<string> names)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !names.Remove(Path.GetFileName(file))).ToList())
        {
            File.Delete(file);
        }
        foreach (var name in names)
        {
            File.WriteAllBytes(Path.Combine(folder, name), []);
        }
    }
}
