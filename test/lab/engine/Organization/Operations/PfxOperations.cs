// Import-PfxCertificate, Export-PfxCertificate and Get-PfxData of Windows' PKI module (docs/facts-exchange.md#pki-module).
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Lab;

public static class PfxOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("Import-PfxCertificate", request => Import(organization, request));
        organization.Register("Test-Certificate", request => Test(organization, request));
        organization.Register("Export-PfxCertificate", request => Export(organization, request));
        organization.Register("Get-PfxData", request =>
        {
            var server = Servers.Local(organization, request);
            var file = PfxFile.Read(request.Bytes("FileData"), request.Text("Password"), server, "Import-PfxCertificate.WrongPassword");
            foreach (var certificate in file.Certificates)
            {
                organization.Certificates.Add(certificate.Certificate, certificate.Key);
            }
            return new JsonObject
            {
                ["endEntity"] = new JsonArray(file.Certificates.Where(certificate => certificate.Key is not null).Select(JsonNode? (certificate) => Item(certificate)).ToArray()),
                ["other"] = new JsonArray(file.Certificates.Where(certificate => certificate.Key is null).Select(JsonNode? (certificate) => Item(certificate)).ToArray()),
            };
        });
    }

    /// <summary>What Windows' own chain check finds wrong with a certificate of My (PKI-TEST).</summary>
    private static JsonNode Test(Organization organization, Request request)
    {
        var server = Servers.Local(organization, request);
        var thumbprint = request.Required("Thumbprint");
        _ = server.Find(thumbprint) ?? throw Table.Refusal("Store.NotFound", thumbprint);
        var certificate = organization.Certificates[thumbprint];
        var problems = new JsonArray();
        var status = ExchangeResults.Status(organization, server, certificate);
        // Exchange trusts its own self-signed certificates, Windows does not
        status = status == "Valid" && certificate.Subject == certificate.Issuer ? "Untrusted" : status;
        if (status != "Valid" && !(status == "Untrusted" && request.Flag("AllowUntrustedRoot")))
        {
            problems.Add(status);
        }
        if (request.Text("DNSName") is { Length: > 0 } host && !Selection.Covers(organization, thumbprint, host))
        {
            problems.Add("DnsName");
        }
        var usages = certificate.Extensions.OfType<System.Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(oid => oid.Value).ToList();
        if (usages.Count > 0 && request.List("EKU").Exists(wanted => wanted.Length > 0 && !usages.Contains(wanted)))
        {
            problems.Add("EnhancedKeyUsage");
        }
        return new JsonObject { ["problems"] = problems };
    }

    private static JsonObject Item(PfxCertificate certificate) => new()
    {
        ["thumbprint"] = certificate.Thumbprint,
        ["rawData"] = Convert.ToBase64String(certificate.Certificate.RawData),
        ["friendlyName"] = certificate.FriendlyName ?? "",
        ["hasPrivateKey"] = certificate.Key is not null,
    };

    private static JsonNode Import(Organization organization, Request request)
    {
        var server = Servers.Local(organization, request);
        var file = PfxFile.Read(request.Bytes("FileData"), request.Text("Password"), server, "Import-PfxCertificate.WrongPassword");
        if (!string.Equals(request.Text("Store") ?? "My", "My", StringComparison.OrdinalIgnoreCase))
        {
            throw Table.Refusal("Import-PfxCertificate.StoreNotSimulated", request.Text("Store"));
        }
        if (request.Flag("WhatIf"))
        {
            return new JsonArray();
        }
        var unnamed = organization.State.Settings.ImportPfxProvider == "csp" ? Providers.SChannel : Providers.Software;
        // Every certificate of the file goes into the one store, the chain's too (PKI-IMPORT).
        return new JsonArray(file.Certificates.Select(JsonNode? (certificate) => StoreOperations.Item(organization, StoreOperations.Put(organization, server, certificate, new StoreEntry
        {
            FriendlyName = certificate.FriendlyName ?? "",
            Exportable = request.Flag("Exportable"),
            Provider = certificate.Key is ECDsa ? Providers.Software : certificate.Provider ?? unnamed,
        }))).ToArray());
    }

    private static JsonNode Export(Organization organization, Request request)
    {
        var server = Servers.Local(organization, request);
        var aes = string.Equals(request.Text("CryptoAlgorithmOption"), "AES256_SHA256", StringComparison.OrdinalIgnoreCase);
        var thumbprint = request.Required("Thumbprint");
        var entry = server.Find(thumbprint);
        if (entry is null && !request.Flag("FromPfxData"))
        {
            throw Table.Refusal("Store.NotFound", thumbprint);
        }
        if (entry is { HasPrivateKey: false } || (entry is { Exportable: false } && !request.Flag("FromPfxData")))
        {
            throw Table.Refusal("Export-PfxCertificate.NotExportable");
        }
        var owner = entry ?? new StoreEntry { Certificate = thumbprint };
        var chain = string.Equals(request.Text("ChainOption"), "EndEntityCertOnly", StringComparison.OrdinalIgnoreCase) ? [] : organization.Certificates.Chain(thumbprint).Select(certificate => certificate.Thumbprint);
        var kept = new StoreEntry { Certificate = owner.Certificate, Provider = owner.Provider, FriendlyName = request.Flag("NoProperties") ? "" : owner.FriendlyName };
        return new JsonObject { ["FileData"] = Convert.ToBase64String(PfxFile.Write(organization, [owner.Certificate, .. chain], kept, request.Required("Password"), aes)) };
    }
}
