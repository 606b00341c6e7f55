// The application logs of the servers: what Exchange writes there where a receive connector finds no certificate.
using System.Globalization;

namespace Lab;

public sealed record LoggedEvent(string Server, string Provider, int Id, string Level, DateTime Created, string Message);

public sealed class EventLog
{
    private const string NoCertificate = "Microsoft Exchange could not find a certificate that contains the domain name {0} in the personal store on the local computer. "
        + "Therefore, it is unable to support the STARTTLS SMTP verb for the connector {1} with a FQDN parameter of {0}. If the connector's FQDN is not specified, the computer's FQDN is used. "
        + "Verify the connector configuration and the installed certificates to make sure that there is a certificate with a domain name for that FQDN.";

    private readonly List<LoggedEvent> events = [];

    /// <summary>A server's own, the newest first.</summary>
    public IEnumerable<LoggedEvent> Of(ServerState server) => Enumerable.Reverse(events).Where(each => each.Server == server.Name);

    /// <summary>Event 12014: STARTTLS is not offered, for the connector's name or FQDN finds no certificate (KB2989382).</summary>
    public void AddNoCertificate(Organization organization, ServerState server, ReceiveConnectorState connector)
    {
        var sought = string.IsNullOrEmpty(connector.TlsCertificateName) ? connector.Fqdn ?? server.Fqdn : connector.TlsCertificateName;
        var text = Languages.During(server.Culture ?? organization.State.Settings.Culture, () => Languages.Shown(NoCertificate));
        events.Add(new LoggedEvent(server.Name, "MSExchangeFrontEndTransport", 12014, "Error", Clocks.Now(server), string.Format(CultureInfo.InvariantCulture, text, sought, connector.Name)));
    }
}
