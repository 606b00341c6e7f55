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

    /// <summary>Whether a build has a security update: of its own cumulative update that revision or a later one, or a later cumulative update than all that are named.</summary>
    public static bool HasUpdate(string build, string updates)
    {
        var own = Version.Parse(build);
        var line = updates.Split(',', StringSplitOptions.TrimEntries).Select(text => Version.Parse(text)).Where(mark => mark.Major == own.Major && mark.Minor == own.Minor).ToList();
        return line.Exists(mark => mark.Build == own.Build && own.Revision >= mark.Revision) || (line.Count > 0 && line.TrueForAll(mark => own.Build > mark.Build));
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
