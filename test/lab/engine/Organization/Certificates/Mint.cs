// Makes real X.509 certificates: the same description gives the same bytes, so thumbprints can be told beforehand.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Lab;

/// <summary>A made certificate with its private key.</summary>
public sealed record Minted(X509Certificate2 Certificate, AsymmetricAlgorithm Key);

public static class Mint
{
    private static readonly ConcurrentDictionary<string, X509Certificate2> made = new();
    private static readonly DateTimeOffset authoritiesFrom = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset authoritiesTo = new(2050, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A certificate authority, signed by <paramref name="issuer"/> or by itself.</summary>
    public static Minted Authority(string role, AuthorityState state, Minted? issuer, int slot)
    {
        var key = KeyPool.Get(state.Key, slot);
        var text = $"ca|{role}|{state.Subject}|{issuer?.Certificate.Thumbprint}|{state.Key}|{slot}";
        var certificate = made.GetOrAdd(text, _ =>
        {
            var request = Request(state.Subject, key);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, true));
            return Sign(request, text, key, issuer, authoritiesFrom, authoritiesTo);
        });
        return new Minted(certificate, key);
    }

    /// <summary>A server's certificate as <paramref name="state"/> describes it; its times must be set.</summary>
    public static Minted Leaf(CertificateState state, Minted? issuer)
    {
        var from = state.NotBefore ?? throw new ArgumentException("a certificate needs notBefore or days");
        var to = state.NotAfter ?? throw new ArgumentException("a certificate needs notAfter or days");
        var key = KeyPool.Get(state.Key, state.KeySlot ?? throw new ArgumentException("a certificate needs a key slot"));
        var usage = state.ExtendedKeyUsage is null ? "any" : string.Join(',', state.ExtendedKeyUsage);
        var text = $"{state.Subject}|{issuer?.Certificate.Thumbprint}|{from:O}|{to:O}|{string.Join(',', state.DnsNames)}|{state.Key}|{state.KeySlot}|{usage}";
        var certificate = made.GetOrAdd(text, _ =>
        {
            var request = Request(state.Subject, key);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
            if (state.ExtendedKeyUsage is { } oids)
            {
                var collection = new OidCollection();
                oids.ForEach(oid => collection.Add(new Oid(oid)));
                request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(collection, false));
            }
            if (state.DnsNames.Count > 0)
            {
                var names = new SubjectAlternativeNameBuilder();
                state.DnsNames.ForEach(names.AddDnsName);
                request.CertificateExtensions.Add(names.Build());
            }
            return Sign(request, text, key, issuer, from, to);
        });
        return new Minted(certificate, key);
    }

    private static CertificateRequest Request(string subject, AsymmetricAlgorithm key)
    {
        var name = new X500DistinguishedName(subject);
        var request = key is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static X509Certificate2 Sign(CertificateRequest request, string text, AsymmetricAlgorithm key, Minted? issuer, DateTimeOffset from, DateTimeOffset to)
    {
        var signer = issuer?.Key ?? key;
        var generator = signer is RSA rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)signer);
        var identifier = issuer?.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault();
        if (identifier is not null)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        }
        var serial = SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
        serial[0] = (byte)((serial[0] & 0x7F) | 0x01);
        return request.Create(issuer?.Certificate.SubjectName ?? request.SubjectName, generator, from, to, serial);
    }
}
