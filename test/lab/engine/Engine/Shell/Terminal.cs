// The terminal itself: raw keys while a line is read, signals while a script runs; a terminal that is gone is no error.
using System.Runtime.InteropServices;
using System.Text;

namespace Lab;

public static partial class Terminal
{
    private static readonly byte[] Original = new byte[256];
    private static readonly Stream Output = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, false), FileAccess.Write, 0);
    private static readonly Lock Writing = new();
    private static volatile bool raw;

    /// <summary>True on a terminal; false where input comes from a pipe or file.</summary>
    public static bool IsInteractive { get; private set; }

    public static void Begin()
    {
        IsInteractive = tcgetattr(0, Original) == 0;
        Running();
    }

    /// <summary>Every key arrives at once and unechoed, Ctrl+C too.</summary>
    public static void Reading()
    {
        if (IsInteractive)
        {
            var bare = (byte[])Original.Clone();
            cfmakeraw(bare);
            _ = tcsetattr(0, 0, bare);
            raw = true;
        }
    }

    /// <summary>Ctrl+C is a signal; what is typed ahead waits unechoed for the next line.</summary>
    public static void Running()
    {
        if (IsInteractive)
        {
            const uint echo = 8;
            var quiet = (byte[])Original.Clone();
            var offset = OperatingSystem.IsMacOS() ? 24 : 12;
            var flags = BitConverter.ToUInt32(quiet, offset) & ~echo;
            BitConverter.GetBytes(flags).CopyTo(quiet, offset);
            _ = tcsetattr(0, 0, quiet);
            raw = false;
        }
    }

    public static void Restore()
    {
        if (IsInteractive)
        {
            _ = tcsetattr(0, 0, Original);
        }
    }

    public static int Width
    {
        get
        {
            try
            {
                return IsInteractive && Console.WindowWidth > 0 ? Console.WindowWidth : 120;
            }
            catch (IOException)
            {
                return 120;
            }
        }
    }

    public static int Height
    {
        get
        {
            try
            {
                return IsInteractive && Console.WindowHeight > 0 ? Console.WindowHeight : 50;
            }
            catch (IOException)
            {
                return 50;
            }
        }
    }

    public static void Write(string text)
    {
        // not ReplaceLineEndings: a carriage return alone goes back to the row's start, by which a line is drawn anew
        var lines = text.Replace("\r\n", "\n");
        var bytes = Encoding.UTF8.GetBytes(raw ? lines.Replace("\n", "\r\n") : lines);
        lock (Writing)
        {
            try
            {
                Output.Write(bytes);
            }
            catch (IOException)
            {
                // the window was closed; what still runs must end by itself
            }
        }
    }

    /// <summary>Waits so many milliseconds for input; false when there is none, -1 bytes read means the terminal is gone.</summary>
    public static bool Poll(int milliseconds)
    {
        var wanted = new PollEntry { Descriptor = 0, Events = 1 };
        return poll(ref wanted, 1, milliseconds) > 0;
    }

    public static int Read(byte[] buffer) => (int)read(0, buffer, buffer.Length);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc")] private static partial int tcgetattr(int descriptor, byte[] settings);
    [LibraryImport("libc")] private static partial int tcsetattr(int descriptor, int when, byte[] settings);
    [LibraryImport("libc")] private static partial void cfmakeraw(byte[] settings);
    [LibraryImport("libc")] private static partial int poll(ref PollEntry entries, nuint count, int milliseconds);
    [LibraryImport("libc")] private static partial nint read(int descriptor, byte[] buffer, nint count);
}
