// A server's files as its own services open them: drive C: and administrative shares.
using System.Text.RegularExpressions;

namespace Lab;

public static partial class ServerFiles
{
    public static byte[] Read(Organization organization, Request request, string path)
    {
        var file = Place(organization, request, path);
        return File.Exists(file) ? File.ReadAllBytes(file) : throw Table.Refusal("ExchangeCertificate.FileNotFound", path);
    }

    public static void Write(Organization organization, Request request, string path, byte[] bytes)
    {
        var file = Place(organization, request, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>`C:\x` is on the server the cmdlet acts on; `\\SERVER2\C$\x` on another.</summary>
    private static string Place(Organization organization, Request request, string path)
    {
        var share = Share().Match(path);
        var server = share.Success ? Servers.Target(organization, request, share.Groups[1].Value) : Servers.Target(organization, request);
        var rest = share.Success ? share.Groups[2].Value : Regex.Replace(path, @"^[A-Za-z]:[\\/]", "");
        return Path.Combine(organization.Drive(server.Name), rest.Replace('\\', '/'));
    }

    [GeneratedRegex(@"^\\\\([^\\]+)\\C\$\\(.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Share();
}
