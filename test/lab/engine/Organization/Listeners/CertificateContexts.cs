// What TLS sends for a thumbprint: leaf and intermediates, made once.
using System.Collections.Concurrent;
using System.Net.Security;

namespace Lab;

public sealed class CertificateContexts
{
    private readonly ConcurrentDictionary<string, SslStreamCertificateContext> made = new();

    /// <summary>Server options presenting that certificate; call under the organization's lock.</summary>
    public SslServerAuthenticationOptions Options(Organization organization, string thumbprint) => new()
    {
        ServerCertificateContext = made.GetOrAdd(thumbprint, _ =>
            SslStreamCertificateContext.Create(organization.Certificates.WithKey(thumbprint), organization.Certificates.Chain(thumbprint), offline: true)),
        ClientCertificateRequired = false,
    };
}
