// [IO.File] as a script of the simulated computer means it: its own drive C:, a disk that may be full, and nothing after a kill.
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;

namespace Lab;

/// <summary>System.IO.File's static methods by the same names; found in its place by type accelerators.</summary>
public static partial class LabFile
{
    public static bool Exists(string path) => File.Exists(Place(path));
    public static byte[] ReadAllBytes(string path) => File.ReadAllBytes(Place(path));
    public static string ReadAllText(string path) => File.ReadAllText(Place(path));
    public static string ReadAllText(string path, Encoding encoding) => File.ReadAllText(Place(path), encoding);
    public static string[] ReadAllLines(string path) => File.ReadAllLines(Place(path));
    public static string[] ReadAllLines(string path, Encoding encoding) => File.ReadAllLines(Place(path), encoding);
    public static FileStream OpenRead(string path) => File.OpenRead(Place(path));
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share) => File.Open(Written(path), mode, access, share);
    public static FileAttributes GetAttributes(string path) => File.GetAttributes(Place(path));
    public static DateTime GetLastWriteTime(string path) => File.GetLastWriteTime(Place(path));
    public static DateTime GetLastWriteTimeUtc(string path) => File.GetLastWriteTimeUtc(Place(path));
    public static void SetUnixFileMode(string path, int mode) => File.SetUnixFileMode(Place(path), (UnixFileMode)mode);
    public static void WriteAllBytes(string path, byte[] bytes) => File.WriteAllBytes(Written(path), bytes);
    public static void WriteAllText(string path, string text) => File.WriteAllText(Written(path), text);
    public static void WriteAllText(string path, string text, Encoding encoding) => File.WriteAllText(Written(path), text, encoding);
    public static void WriteAllLines(string path, string[] lines) => File.WriteAllLines(Written(path), lines);
    public static void WriteAllLines(string path, string[] lines, Encoding encoding) => File.WriteAllLines(Written(path), lines, encoding);
    public static void AppendAllText(string path, string text) => File.AppendAllText(Written(path), text);
    public static void AppendAllText(string path, string text, Encoding encoding) => File.AppendAllText(Written(path), text, encoding);
    public static void Copy(string from, string to) => File.Copy(Place(from), Written(to));
    public static void Copy(string from, string to, bool overwrite) => File.Copy(Place(from), Written(to), overwrite);
    public static void Move(string from, string to) => File.Move(Changed(from), Place(to));
    public static void Delete(string path) => File.Delete(Changed(path));

    /// <summary>Throws where the computer's disk is full, as a write there would; nothing is written after a kill.</summary>
    public static void ThrowIfFull()
    {
        var context = LabContext.Current;
        context.Kill.ThrowIfKilled();
        if (context.Call("disk.get", [])?["full"]?.GetValue<bool>() is true)
        {
            throw new IOException("There is not enough space on the disk.");
        }
    }

    private static string Place(string path) =>
        LabContext.Current.DriveC is { } folder && Drive().IsMatch(path) ? Path.Combine(folder, path[3..].Replace('\\', '/')) : path;

    private static string Written(string path)
    {
        ThrowIfFull();
        return Place(path);
    }

    private static string Changed(string path)
    {
        LabContext.Current.Kill.ThrowIfKilled();
        return Place(path);
    }

    [GeneratedRegex(@"^[Cc]:[\\/]")]
    private static partial Regex Drive();
}
