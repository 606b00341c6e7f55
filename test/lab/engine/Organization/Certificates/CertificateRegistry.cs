// Every certificate and key the organization has ever seen, by thumbprint; keys never leave it as JSON.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lab;

public sealed class CertificateRegistry
{
    private readonly Dictionary<string, X509Certificate2> certificates = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AsymmetricAlgorithm> keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, X509Certificate2> served = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Authorities by role, for issuing and for the chain a listener sends.</summary>
    public Dictionary<string, Minted> Authorities { get; } = [];

    public string Add(X509Certificate2 certificate, AsymmetricAlgorithm? key)
    {
        certificates[certificate.Thumbprint] = certificate;
        if (key is not null)
        {
            keys[certificate.Thumbprint] = key;
        }
        return certificate.Thumbprint;
    }

    public X509Certificate2? Find(string? thumbprint) => thumbprint is not null && certificates.TryGetValue(thumbprint, out var found) ? found : null;

    public X509Certificate2 this[string thumbprint] => Find(thumbprint) ?? throw new ArgumentException($"no such certificate: {thumbprint}");

    public AsymmetricAlgorithm? Key(string thumbprint) => keys.GetValueOrDefault(thumbprint);

    public IEnumerable<string> Thumbprints => certificates.Keys;

    /// <summary>The certificate with its key, as TLS needs it.</summary>
    public X509Certificate2 WithKey(string thumbprint)
    {
        if (!served.TryGetValue(thumbprint, out var certificate))
        {
            certificate = Key(thumbprint) switch
            {
                RSA rsa => this[thumbprint].CopyWithPrivateKey(rsa),
                ECDsa ec => this[thumbprint].CopyWithPrivateKey(ec),
                _ => throw new InvalidOperationException("no key"),
            };
            served[thumbprint] = certificate;
        }
        return certificate;
    }

    /// <summary>The issuers of a certificate from the next one up to, not including, the root.</summary>
    public X509Certificate2Collection Chain(string thumbprint)
    {
        var chain = new X509Certificate2Collection();
        for (var at = this[thumbprint]; at.Subject != at.Issuer;)
        {
            var issuer = certificates.Values.FirstOrDefault(candidate => candidate.SubjectName.RawData.AsSpan().SequenceEqual(at.IssuerName.RawData) && IsAuthority(candidate));
            if (issuer is null || issuer.Subject == issuer.Issuer || chain.Contains(issuer))
            {
                break;
            }
            chain.Add(issuer);
            at = issuer;
        }
        return chain;
    }

    public static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority);

    /// <summary>The text a connector names a certificate by, as Windows prints the two names (SEND).</summary>
    public static string TlsName(X509Certificate2 certificate) => $"<I>{WindowsNames.Issuer(certificate)}<S>{WindowsNames.Subject(certificate)}";

    /// <summary>The dNSName entries, else the subject's common name: what Exchange calls CertificateDomains.</summary>
    public static List<string> Domains(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).ToList();
        if (names.Count == 0 && certificate.GetNameInfo(X509NameType.SimpleName, false) is { Length: > 0 } common)
        {
            names.Add(common);
        }
        return names;
    }
}
