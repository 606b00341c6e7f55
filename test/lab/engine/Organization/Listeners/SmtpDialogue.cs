// SMTP on ports 25 and 587 with STARTTLS: offered and presented as the connector of the port has it at that moment.
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Lab;

public sealed class SmtpDialogue(Organization organization, CertificateContexts contexts, string server, int port)
{
    private System.Net.IPAddress? client;

    public async Task Run(Stream stream, CancellationToken closed)
    {
        client = ((stream as NetworkStream)?.Socket.RemoteEndPoint as System.Net.IPEndPoint)?.Address;
        var fqdn = organization.Read(() => Servers.Known(organization, server).Fqdn);
        await Say(stream, $"220 {fqdn} Microsoft ESMTP MAIL Service ready at {DateTime.UtcNow:R}", closed);
        while (await Hear(stream, closed) is { } line)
        {
            if (!line.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase))
            {
                if (!await Answer(stream, line, fqdn, secure: false, closed))
                {
                    return;
                }
                continue;
            }
            var (offered, options) = Presented();
            if (!offered)
            {
                await Say(stream, "500 5.3.3 Unrecognized command", closed);
                continue;
            }
            await Say(stream, "220 2.0.0 SMTP server ready", closed);
            if (options is null)
            {
                // UnknownCredentials or NoCredentials: the handshake is never answered.
                return;
            }
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(options, closed);
            while (await Hear(tls, closed) is { } inner && await Answer(tls, inner, fqdn, secure: true, closed))
            {
            }
            return;
        }
    }

    private (bool Offered, SslServerAuthenticationOptions? Options) Presented() => organization.Read(() =>
    {
        var presentation = Selection.Smtp(organization, Servers.Known(organization, server), port, client);
        return (presentation.Offered, presentation is { Works: true, Thumbprint: { } thumbprint } ? contexts.Options(organization, thumbprint) : null);
    });

    /// <summary>false: the dialogue is over.</summary>
    private async Task<bool> Answer(Stream stream, string line, string fqdn, bool secure, CancellationToken closed)
    {
        var verb = line.Split(' ')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                var starttls = !secure && Presented().Offered ? "250-STARTTLS\r\n" : "";
                await Say(stream, $"250-{fqdn} Hello\r\n250-SIZE 37748736\r\n250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n{starttls}250-8BITMIME\r\n250-BINARYMIME\r\n250 CHUNKING", closed);
                return true;
            case "HELO":
                await Say(stream, $"250 {fqdn} Hello", closed);
                return true;
            case "NOOP" or "RSET":
                await Say(stream, "250 2.0.0 OK", closed);
                return true;
            case "QUIT":
                await Say(stream, "221 2.0.0 Service closing transmission channel", closed);
                return false;
            default:
                await Say(stream, "500 5.3.3 Unrecognized command", closed);
                return true;
        }
    }

    private static async Task Say(Stream stream, string text, CancellationToken closed) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), closed);

    /// <summary>One line, byte by byte: what follows STARTTLS belongs to TLS and must not be read ahead. null: the client hung up.</summary>
    private static async Task<string?> Hear(Stream stream, CancellationToken closed)
    {
        var (line, one) = (new StringBuilder(), new byte[1]);
        while (line.Length < 4096)
        {
            if (await stream.ReadAsync(one, closed) == 0)
            {
                return null;
            }
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }
            line.Append((char)one[0]);
        }
        return null;
    }
}
