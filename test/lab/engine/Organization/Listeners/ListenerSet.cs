// The listeners of every server: open where the service runs and the server is up, closed otherwise.
using System.Net;

namespace Lab;

public sealed class ListenerSet : IDisposable
{
    private readonly Organization organization;
    private readonly CertificateContexts contexts = new();
    private readonly Dictionary<string, Listener> open = [];

    public ListenerSet(Organization organization)
    {
        this.organization = organization;
        organization.Changed += Sync;
    }

    /// <summary>Opens and closes listeners so that they are as the state says.</summary>
    public void Sync()
    {
        lock (open)
        {
            var wanted = organization.State.Servers.Where(server => server is { Down: false, Address: not null }).SelectMany(Wanted).ToDictionary(item => item.Key, item => item.Open);
            foreach (var (key, listener) in open.Where(item => !wanted.ContainsKey(item.Key)).ToList())
            {
                listener.Dispose();
                open.Remove(key);
            }
            foreach (var (key, start) in wanted.Where(item => !open.ContainsKey(item.Key)))
            {
                open[key] = start();
            }
        }
    }

    public void Dispose()
    {
        organization.Changed -= Sync;
        lock (open)
        {
            foreach (var listener in open.Values)
            {
                listener.Dispose();
            }
            open.Clear();
        }
    }

    private IEnumerable<(string Key, Func<Listener> Open)> Wanted(ServerState server)
    {
        var (ports, address, name) = (server.Ports, IPAddress.Parse(server.Address!), server.Name);
        foreach (var (service, port, dialogue, needs) in new (string, int, Dialogue, string)[]
        {
            ("smtp", ports.Smtp, new SmtpDialogue(organization, contexts, name, 25).Run, "MSExchangeFrontEndTransport"),
            ("submission", ports.Submission, new SmtpDialogue(organization, contexts, name, 587).Run, "MSExchangeFrontEndTransport"),
            ("backend", ports.Backend, new TlsDialogue(organization, contexts, name, "backend").Run, "W3SVC"),
            ("https", ports.Https, new TlsDialogue(organization, contexts, name, "https").Run, "W3SVC"),
            ("imaps", ports.Imaps, new TlsDialogue(organization, contexts, name, "imaps").Run, "MSExchangeImap4"),
            ("pop3s", ports.Pop3s, new TlsDialogue(organization, contexts, name, "pop3s").Run, "MSExchangePop3"),
        })
        {
            if (port > 0 && server.Services.GetValueOrDefault(needs))
            {
                yield return ($"{service}|{address}|{port}", () => new Listener(address, port, dialogue));
            }
        }
    }
}
