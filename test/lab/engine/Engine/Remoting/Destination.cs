// Opens a session to a computer or a connection address; the organization decides whether it opens.
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace Lab;

/// <summary>What a remoting cmdlet was told about where to go.</summary>
public sealed record Destination(string? ComputerName, Uri? ConnectionUri, string? ConfigurationName, string? Authentication, PSCredential? Credential, bool UseSsl, int Port)
{
    public bool IsExchange => string.Equals(ConfigurationName, "Microsoft.Exchange", StringComparison.OrdinalIgnoreCase);

    /// <summary>Throws <see cref="LabError"/> when the far side refuses or is not there.</summary>
    public LabSession Open(LabContext near, string? name)
    {
        var kind = IsExchange ? SessionKind.ExchangeEndpoint : SessionKind.Server;
        var asked = new JsonObject
        {
            ["kind"] = SessionKinds.Name(kind),
            ["computerName"] = ComputerName,
            ["connectionUri"] = ConnectionUri?.OriginalString,
            ["configurationName"] = ConfigurationName,
            ["authentication"] = Authentication,
            ["userName"] = Credential?.UserName,
            ["password"] = Credential is null ? null : Secrets.Reveal(Credential.Password),
            ["useSsl"] = UseSsl,
            ["port"] = Port,
        };
        var answer = near.Call("session.open", asked) as JsonObject ?? [];
        var computer = answer["computerName"]?.ToString() ?? ConnectionUri?.Host ?? ComputerName ?? "localhost";
        var far = new LabContext(kind, answer["server"]?.ToString() ?? computer, near.Organization, new FarHost(near.Host), near.Kill) { Handle = answer["session"]?.ToString() };
        var session = new LabSession(near.Sessions.Next(), name, computer, Runspaces.Open(far), far, answer["session"]?.ToString() ?? "");
        near.Sessions.Add(session);
        return session;
    }
}
