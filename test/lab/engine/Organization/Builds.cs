// Exchange's builds compared: what a version has or lacks is decided by them.
using System.Globalization;

namespace Lab;

public static class Builds
{
    /// <summary>Whether a build comes before the one of its own line (15.1 is 2016, 15.2 is 2019 and SE) that `until` names, as in "15.1.2507, 15.2.1118".</summary>
    public static bool IsOlder(string build, string until)
    {
        var own = Version.Parse(build);
        return until.Split(',', StringSplitOptions.TrimEntries).Select(text => Version.Parse(text)).Any(mark => mark.Major == own.Major && mark.Minor == own.Minor && own.Build < mark.Build);
    }

    /// <summary>Whether a build is of the marks' line and at least that.</summary>
    public static bool IsFrom(string build, string from)
    {
        var own = Version.Parse(build);
        return from.Split(',', StringSplitOptions.TrimEntries).Select(text => Version.Parse(text)).Any(mark => mark.Major == own.Major && mark.Minor == own.Minor && own.Build >= mark.Build);
    }

    /// <summary>Exchange 2016: the last that has Unified Messaging.</summary>
    public static bool Is2016(ServerState server) => server.Exchange.StartsWith("15.1.", StringComparison.Ordinal);

    /// <summary>`15.2.1748.10` as Exchange prints it: `Version 15.2 (Build 1748.10)`.</summary>
    public static string Text(string build)
    {
        var version = Version.Parse(build);
        return string.Create(CultureInfo.InvariantCulture, $"Version {version.Major}.{version.Minor} (Build {version.Build}.{version.Revision})");
    }
}
