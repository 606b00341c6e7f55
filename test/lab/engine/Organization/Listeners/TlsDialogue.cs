// HTTPS, IMAPS and POP3S: TLS from the first byte, then just enough of the protocol for a probe.
using System.Net.Security;
using System.Text;

namespace Lab;

public sealed class TlsDialogue(Organization organization, CertificateContexts contexts, string server, string service)
{
    public async Task Run(Stream stream, CancellationToken closed)
    {
        SslServerAuthenticationOptions? For(string? host) => organization.Read(() =>
        {
            var state = Servers.Known(organization, server);
            var presentation = service switch
            {
                "https" => Selection.Https(organization, state, 443, host),
                "backend" => Selection.Https(organization, state, 444),
                "imaps" => Selection.Mailbox(organization, state, "MSExchangeImap4"),
                _ => Selection.Mailbox(organization, state, "MSExchangePop3"),
            };
            return presentation is { Works: true, Thumbprint: { } thumbprint } ? contexts.Options(organization, thumbprint) : null;
        });
        if (For(null) is not { } options)
        {
            // Without a usable certificate Schannel ends the connection in the handshake.
            return;
        }
        await using var tls = new SslStream(stream);
        // the name in the client's hello chooses among the bindings by SNI
        await tls.AuthenticateAsServerAsync((_, hello, _, _) => ValueTask.FromResult(For(hello.ServerName) ?? options), null, closed);
        await (service is "https" or "backend" ? Http(tls, closed) : Mailbox(tls, closed));
    }

    private async Task Http(SslStream tls, CancellationToken closed)
    {
        var request = new byte[8192];
        if (await tls.ReadAsync(request, closed) > 0)
        {
            var status = service == "backend" ? 200 : organization.Read(() => BackEnd.Owa(organization, Servers.Known(organization, server)).Status);
            var line = status switch { 200 => "200 OK", 302 => "302 Found\r\nLocation: /owa/auth/logon.aspx?replaceCurrent=1", _ => "500 Internal Server Error" };
            await tls.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {line}\r\nX-FEServer: {server}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), closed);
        }
        await tls.ShutdownAsync();
    }

    private async Task Mailbox(SslStream tls, CancellationToken closed)
    {
        var (greeting, farewell) = service == "imaps"
            ? ("* OK The Microsoft Exchange IMAP4 service is ready.", "* BYE Microsoft Exchange Server IMAP4 server signing off.")
            : ("+OK The Microsoft Exchange POP3 service is ready.", "+OK Microsoft Exchange Server POP3 server signing off.");
        await tls.WriteAsync(Encoding.ASCII.GetBytes(greeting + "\r\n"), closed);
        using var reader = new StreamReader(tls, Encoding.ASCII, false, 512, leaveOpen: true);
        while (await reader.ReadLineAsync(closed) is { } line)
        {
            if (line.Contains("LOGOUT", StringComparison.OrdinalIgnoreCase) || line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await tls.WriteAsync(Encoding.ASCII.GetBytes(farewell + "\r\n"), closed);
                return;
            }
            var tag = line.Split(' ')[0];
            await tls.WriteAsync(Encoding.ASCII.GetBytes((service == "imaps" ? $"{tag} BAD Command Error. 12" : "-ERR Protocol error.") + "\r\n"), closed);
        }
    }
}
