// What Exchange cmdlets return: full facts in the management shell; by the bare endpoint computed properties stay blank.
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Lab;

public static class ExchangeResults
{
    /// <summary>Order in which Exchange prints services.</summary>
    private static readonly string[] order = ["IMAP", "POP", "UM", "IIS", "SMTP", "Federation", "UMCallRouter"];

    public static JsonObject Certificate(Organization organization, ServerState server, StoreEntry entry, SessionKind? kind)
    {
        var certificate = organization.Certificates[entry.Certificate];
        var result = new JsonObject { ["RawData"] = Convert.ToBase64String(certificate.RawData) };
        // a session with Exchange's types needs what is signed by OAuth's certificate (CSS-1448)
        if (kind is SessionKind.ExchangeEndpoint || (organization.State.Settings.SerializedDataSigning && BackEnd.Auth(organization, server) is not null))
        {
            // Issues #3493, #4651, #5256: no Services and no details by this way, even on a healthy server; the certificate itself arrives.
            return result;
        }
        result["Thumbprint"] = entry.Certificate;
        result["Identity"] = $"{server.Fqdn}\\{entry.Certificate}";
        result["Services"] = ServicesText(organization, server, entry);
        result["Status"] = Status(organization, server, certificate);
        result["Subject"] = WindowsNames.Subject(certificate);
        result["Issuer"] = WindowsNames.Issuer(certificate);
        result["FriendlyName"] = entry.FriendlyName;
        result["CertificateDomains"] = new JsonArray(CertificateRegistry.Domains(certificate).Select(JsonNode? (name) => name).ToArray());
        result["NotBefore"] = certificate.NotBefore.ToUniversalTime().ToString("O");
        result["NotAfter"] = certificate.NotAfter.ToUniversalTime().ToString("O");
        result["SerialNumber"] = certificate.SerialNumber;
        result["HasPrivateKey"] = entry.HasPrivateKey;
        result["PrivateKeyExportable"] = entry is { HasPrivateKey: true, Exportable: true };
        result["IsSelfSigned"] = certificate.Subject == certificate.Issuer;
        result["PublicKeySize"] = certificate.PublicKey.GetRSAPublicKey()?.KeySize ?? certificate.PublicKey.GetECDsaPublicKey()?.KeySize ?? 0;
        result["SignatureAlgorithm"] = certificate.SignatureAlgorithm.FriendlyName;
        result["SubjectKeyIdentifier"] = certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifier;
        result["Version"] = certificate.Version;
        result["RootCAType"] = certificate.Subject != certificate.Issuer ? "ThirdParty" : entry.Certificate == organization.State.Auth.Current ? "None" : "Registry";
        result["IISServices"] = new JsonArray(server.Bindings.Where(binding => binding.Iis == entry.Certificate).Select(binding => $"IIS://{server.Name}/W3SVC/{IisOperations.SiteNumber(server, binding.Site)}").Distinct().Select(JsonNode? (text) => text).ToArray());
        return result;
    }

    public static string ServicesText(Organization organization, ServerState server, StoreEntry entry)
    {
        var services = Services(server, entry);
        if (organization.State.Federation.Exists(trust => trust.Certificate == entry.Certificate))
        {
            services.Add("Federation");
        }
        return services.Count == 0 ? "None" : string.Join(", ", order.Where(services.Contains));
    }

    /// <summary>Flags kept with the certificate, and IIS where any site is bound to it (CERTS: 444 as well as 443).</summary>
    public static HashSet<string> Services(ServerState server, StoreEntry entry)
    {
        var services = entry.Services.ToHashSet();
        if (server.Bindings.Exists(binding => binding.Iis == entry.Certificate))
        {
            services.Add("IIS");
        }
        return services;
    }

    public static string Status(Organization organization, ServerState server, X509Certificate2 certificate)
    {
        var now = Clocks.Now(server);
        if (certificate.NotAfter < now || certificate.NotBefore > now)
        {
            return "DateInvalid";
        }
        return certificate.Subject == certificate.Issuer || organization.Certificates.Chain(certificate.Thumbprint).Count > 0 || IssuedByKnownRoot(organization, certificate) ? "Valid" : "Untrusted";
    }

    private static bool IssuedByKnownRoot(Organization organization, X509Certificate2 certificate) =>
        organization.Certificates.Authorities.Values.Any(authority => authority.Certificate.Subject == certificate.Issuer);
}
