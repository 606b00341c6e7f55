// PKCS#7 chains, as a certification authority sends them: DER or text, certificates without a key.
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Lab;

public static class Pkcs7File
{
    private static readonly byte[] SignedData = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

    /// <summary>The file's certificates; null for a file of another kind.</summary>
    public static IReadOnlyList<X509Certificate2>? Read(byte[] bytes)
    {
        var der = bytes;
        if (PemEncoding.TryFind(Encoding.Latin1.GetString(bytes), out var found))
        {
            der = Convert.FromBase64String(Encoding.Latin1.GetString(bytes)[found.Base64Data]);
        }
        // the type stands right behind the sequence's length
        if (der.AsSpan(0, Math.Min(der.Length, 24)).IndexOf(SignedData) < 0)
        {
            return null;
        }
        var message = new SignedCms();
        message.Decode(der);
        return [.. message.Certificates];
    }
}
