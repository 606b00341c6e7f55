// The shell's command line: its own options, and those of powershell.exe as far as they mean something here.
using System.Globalization;

namespace Lab;

public sealed record ShellArguments(string Data, string? Server, string? ExecutionPolicy, string? File, string? Command, IReadOnlyList<string> Rest, bool NoExit)
{
    private static readonly string[] Ignored = ["NOPROFILE", "NOP", "NOLOGO", "NONINTERACTIVE", "STA", "MTA"];
    private static readonly string[] IgnoredWithValue = ["VERSION", "PSCONSOLEFILE", "INPUTFORMAT", "OUTPUTFORMAT", "WINDOWSTYLE", "CONFIGURATIONNAME"];

    /// <summary>Throws ArgumentException naming what is not understood.</summary>
    public static ShellArguments Parse(string[] arguments)
    {
        var result = new ShellArguments("", null, null, null, null, [], false);
        for (var index = 0; index < arguments.Length; index++)
        {
            string Value() => ++index < arguments.Length ? arguments[index] : throw new ArgumentException($"{arguments[index - 1]} needs a value");
            var name = arguments[index].TrimStart('-', '/').ToUpper(CultureInfo.InvariantCulture);
            switch (name)
            {
                case "DATA":
                    result = result with { Data = Value() };
                    break;
                case "SERVER":
                    result = result with { Server = Value() };
                    break;
                case "EXECUTIONPOLICY" or "EX" or "EP":
                    result = result with { ExecutionPolicy = Value() };
                    break;
                case "NOEXIT":
                    result = result with { NoExit = true };
                    break;
                case "FILE" or "F":
                    return result with { File = Value(), Rest = arguments[(index + 1)..] };
                case "COMMAND" or "C":
                    return result with { Command = string.Join(' ', arguments[(index + 1)..]) };
                default:
                    if (IgnoredWithValue.Contains(name))
                    {
                        _ = Value();
                    }
                    else if (!Ignored.Contains(name))
                    {
                        throw new ArgumentException($"not an argument of this shell: {arguments[index]}");
                    }
                    break;
            }
        }
        return result.Data.Length > 0 ? result : throw new ArgumentException("--data DIR is missing: the folder of a running lab process");
    }
}
