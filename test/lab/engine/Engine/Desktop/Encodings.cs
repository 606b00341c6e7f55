// Text encodings as the cmdlets of 5.1 name and default them.
using System.Globalization;
using System.Text;

namespace Lab;

/// <summary>The values of -Encoding in 5.1.</summary>
public enum FileEncoding
{
    Unknown, String, Unicode, Byte, BigEndianUnicode, UTF8, UTF7, UTF32, Ascii, Default, Oem, BigEndianUTF32,
}

public static class Encodings
{
    private static readonly Encoding[] Marked = [new UTF32Encoding(false, true), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];

    /// <summary>The code page of the computer's culture.</summary>
    private static Encoding Ansi => CodePagesEncodingProvider.Instance.GetEncoding(CultureInfo.CurrentCulture.TextInfo.ANSICodePage) ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static Encoding For(FileEncoding encoding) => encoding switch
    {
        FileEncoding.Unicode or FileEncoding.String or FileEncoding.Unknown => new UnicodeEncoding(false, true),
        FileEncoding.BigEndianUnicode => new UnicodeEncoding(true, true),
        FileEncoding.UTF8 => new UTF8Encoding(true),
        FileEncoding.UTF32 => new UTF32Encoding(false, true),
        FileEncoding.BigEndianUTF32 => new UTF32Encoding(true, true),
        FileEncoding.Ascii or FileEncoding.UTF7 => Encoding.ASCII,
        FileEncoding.Oem => CodePagesEncodingProvider.Instance.GetEncoding(850)!,
        _ => Ansi,
    };

    public static bool HasMark(byte[] bytes) => Marked.Any(each => bytes.AsSpan().StartsWith(each.GetPreamble()));

    /// <summary>By the byte order mark, else as said, else ANSI.</summary>
    public static string Decode(byte[] bytes, FileEncoding? said = null)
    {
        var encoding = Marked.FirstOrDefault(each => bytes.AsSpan().StartsWith(each.GetPreamble()));
        return encoding is null ? (said is { } name ? For(name) : Ansi).GetString(bytes) : encoding.GetString(bytes.AsSpan(encoding.GetPreamble().Length));
    }
}
