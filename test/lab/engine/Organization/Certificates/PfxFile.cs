// Reads PKCS#12 files as a Windows of a given age does, and writes them as Windows does.
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Lab;

/// <summary>A certificate of a file, with its key where the file holds it and what the file says of both.</summary>
public sealed record PfxCertificate(X509Certificate2 Certificate, AsymmetricAlgorithm? Key, string? FriendlyName, string? Provider)
{
    public string Thumbprint => Certificate.Thumbprint;
}

public sealed record PfxFile(IReadOnlyList<PfxCertificate> Certificates)
{
    private const string friendlyName = "1.2.840.113549.1.9.20";
    private const string providerName = "1.3.6.1.4.1.311.17.1";

    /// <summary>2.16.840.1.101.3.4.1: the arc of AES, as DER begins it.</summary>
    private static readonly byte[] aesArc = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01];

    /// <summary>The certificate that has its key in the file.</summary>
    public PfxCertificate? Owner => Certificates.FirstOrDefault(certificate => certificate.Key is not null);

    /// <summary>Opens a file; a wrong password and, before Windows Server 2019, any AES cipher throw the same refusal (ANS582, DSC153).</summary>
    public static PfxFile Read(byte[] bytes, string? password, ServerState server, string refusal)
    {
        if (WindowsBuild(server) < 17763 && bytes.AsSpan().IndexOf(aesArc) >= 0)
        {
            throw Table.Refusal(refusal, server.Name);
        }
        try
        {
            return Open(bytes, password ?? "") ?? (string.IsNullOrEmpty(password) ? Open(bytes, null) : null) ?? throw Table.Refusal(refusal, server.Name);
        }
        catch (CryptographicException)
        {
            throw Table.Refusal(refusal, server.Name);
        }
    }

    /// <summary>A file of certificates, the first of them with its key; 3DES and SHA-1 as Windows' default, or AES-256 and SHA-256.</summary>
    public static byte[] Write(Organization organization, IReadOnlyList<string> thumbprints, StoreEntry owner, string password, bool aes, bool withKey = true)
    {
        var parameters = aes
            ? new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2000)
            : new PbeParameters(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, HashAlgorithmName.SHA1, 2000);
        var (keys, certificates, builder) = (new Pkcs12SafeContents(), new Pkcs12SafeContents(), new Pkcs12Builder());
        foreach (var thumbprint in thumbprints)
        {
            var bag = certificates.AddCertificate(organization.Certificates[thumbprint]);
            if (thumbprint != owner.Certificate)
            {
                continue;
            }
            bag.Attributes.Add(new Pkcs9LocalKeyId(new byte[] { 1, 0, 0, 0 }));
            if (owner.FriendlyName.Length > 0)
            {
                bag.Attributes.Add(Text(friendlyName, owner.FriendlyName));
            }
            if (!withKey)
            {
                continue;
            }
            var key = keys.AddShroudedKey(organization.Certificates.Key(thumbprint)!, password, parameters);
            key.Attributes.Add(new Pkcs9LocalKeyId(new byte[] { 1, 0, 0, 0 }));
            if (owner.Provider.Length > 0)
            {
                key.Attributes.Add(Text(providerName, owner.Provider));
            }
        }
        builder.AddSafeContentsUnencrypted(keys);
        builder.AddSafeContentsEncrypted(certificates, password, parameters);
        builder.SealWithMac(password, aes ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, 2000);
        return builder.Encode();
    }

    public static int WindowsBuild(ServerState server) => int.Parse(server.Windows.Split('.')[2], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>null: the password is wrong.</summary>
    private static PfxFile? Open(byte[] bytes, string? password)
    {
        var info = Pkcs12Info.Decode(bytes, out _);
        if (info.IntegrityMode is Pkcs12IntegrityMode.Password && !info.VerifyMac(password))
        {
            return null;
        }
        var certificates = new List<(X509Certificate2 Certificate, string? Name)>();
        var keys = new List<(AsymmetricAlgorithm Key, string? Provider)>();
        foreach (var contents in info.AuthenticatedSafe)
        {
            if (contents.ConfidentialityMode is Pkcs12ConfidentialityMode.Password)
            {
                contents.Decrypt(password);
            }
            foreach (var bag in contents.GetBags())
            {
                switch (bag)
                {
                    case Pkcs12CertBag { IsX509Certificate: true } certificate:
                        certificates.Add((X509CertificateLoader.LoadCertificate(certificate.GetCertificate().RawData), Attribute(bag, friendlyName)));
                        break;
                    case Pkcs12ShroudedKeyBag shrouded:
                        keys.Add((Key(shrouded.EncryptedPkcs8PrivateKey, password, encrypted: true), Attribute(bag, providerName)));
                        break;
                    case Pkcs12KeyBag plain:
                        keys.Add((Key(plain.Pkcs8PrivateKey, null, encrypted: false), Attribute(bag, providerName)));
                        break;
                }
            }
        }
        return new PfxFile(certificates.ConvertAll(certificate =>
        {
            var spki = certificate.Certificate.PublicKey.ExportSubjectPublicKeyInfo();
            var (key, provider) = keys.Find(candidate => candidate.Key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(spki));
            return new PfxCertificate(certificate.Certificate, key, certificate.Name, provider);
        }));
    }

    private static AsymmetricAlgorithm Key(ReadOnlyMemory<byte> pkcs8, string? password, bool encrypted)
    {
        foreach (var make in new Func<AsymmetricAlgorithm>[] { RSA.Create, ECDsa.Create })
        {
            var key = make();
            try
            {
                if (encrypted)
                {
                    key.ImportEncryptedPkcs8PrivateKey(password, pkcs8.Span, out _);
                }
                else
                {
                    key.ImportPkcs8PrivateKey(pkcs8.Span, out _);
                }
                return key;
            }
            catch (CryptographicException) when (key is RSA)
            {
                key.Dispose();
            }
        }
        throw new CryptographicException("the key is of no kind the lab knows");
    }

    private static AsnEncodedData Text(string oid, string text)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.BMPString, text);
        return new Pkcs9AttributeObject(oid, writer.Encode());
    }

    private static string? Attribute(Pkcs12SafeBag bag, string oid)
    {
        foreach (var attribute in bag.Attributes)
        {
            if (attribute.Oid.Value == oid && attribute.Values.Count > 0)
            {
                return new AsnReader(attribute.Values[0].RawData, AsnEncodingRules.BER).ReadCharacterString(UniversalTagNumber.BMPString);
            }
        }
        return null;
    }
}
