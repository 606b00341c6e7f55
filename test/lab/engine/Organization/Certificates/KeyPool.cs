// Real keys, made once and kept outside the work tree, so that organizations are built in milliseconds.
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Lab;

public static class KeyPool
{
    private static readonly ConcurrentDictionary<string, AsymmetricAlgorithm> loaded = new();

    /// <summary>The folder of the pool: EXCHANGE_LAB_KEYS, else the user's cache. These keys guard nothing.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("EXCHANGE_LAB_KEYS") is { Length: > 0 } named ? named : Path.Combine(Cache(), "exchange-certificates-lab", "keys");

    /// <summary>Key number <paramref name="slot"/> of a kind (rsa2048, ec256, …); the same one in every run on this machine.</summary>
    public static AsymmetricAlgorithm Get(string kind, int slot) => loaded.GetOrAdd($"{kind}-{slot:D3}", Load);

    private static string Cache() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
        : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache")
        : Path.GetTempPath();

    private static AsymmetricAlgorithm Load(string name)
    {
        var file = Path.Combine(Folder, name + ".p8");
        var key = Empty(name);
        if (File.Exists(file))
        {
            key.ImportPkcs8PrivateKey(File.ReadAllBytes(file), out _);
            return key;
        }
        Directory.CreateDirectory(Folder);
        var own = $"{file}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        File.WriteAllBytes(own, key.ExportPkcs8PrivateKey());
        File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            File.Move(own, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process made the same key first: its key is the pool's.
            File.Delete(own);
            key.ImportPkcs8PrivateKey(File.ReadAllBytes(file), out _);
        }
        return key;
    }

    private static AsymmetricAlgorithm Empty(string name) => name.Split('-')[0] switch
    {
        "rsa1024" => RSA.Create(1024),
        "rsa2048" => RSA.Create(2048),
        "rsa3072" => RSA.Create(3072),
        "rsa4096" => RSA.Create(4096),
        "ec256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        "ec384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        var kind => throw new ArgumentException($"no such kind of key: {kind}"),
    };
}
