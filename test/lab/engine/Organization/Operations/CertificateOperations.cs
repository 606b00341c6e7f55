// Get-, Import-, Export- and New-ExchangeCertificate.
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Lab;

public static class CertificateOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("Get-ExchangeCertificate", request => Get(organization, request));
        organization.Register("Import-ExchangeCertificate", request => Import(organization, request));
        organization.Register("Export-ExchangeCertificate", request => Export(organization, request));
        organization.Register("New-ExchangeCertificate", request => New(organization, request));
    }

    /// <summary>Server and thumbprint from -Thumbprint and -Server, or from -Identity `Server\Thumbprint`.</summary>
    public static (ServerState Server, string? Thumbprint) Identify(Organization organization, Request request)
    {
        Servers.Begin(organization, request);
        var identity = request.Text("Identity");
        if (identity is null)
        {
            return (Servers.Target(organization, request), request.Text("Thumbprint"));
        }
        var parts = identity.Split('\\', 2);
        return parts.Length == 2 ? (Servers.Target(organization, request, parts[0]), parts[1]) : (Servers.Target(organization, request), identity);
    }

    /// <summary>The certificate meant, which must be there.</summary>
    public static (ServerState Server, StoreEntry Entry) Find(Organization organization, Request request)
    {
        var (server, thumbprint) = Identify(organization, request);
        return (server, server.Find(thumbprint) ?? throw Table.Refusal("ExchangeCertificate.NotFound", thumbprint, server.Name));
    }

    private static JsonArray Get(Organization organization, Request request)
    {
        var (server, thumbprint) = Identify(organization, request);
        IEnumerable<StoreEntry> entries = server.Store.Where(entry => entry.HasPrivateKey);
        if (!string.IsNullOrEmpty(thumbprint))
        {
            entries = [server.Find(thumbprint) ?? throw Table.Refusal("ExchangeCertificate.NotFound", thumbprint, server.Name)];
        }
        if (request.List("DomainName") is { Count: > 0 } domains)
        {
            entries = entries
                .Where(entry => domains.TrueForAll(domain => CertificateRegistry.Domains(organization.Certificates[entry.Certificate]).Contains(domain, StringComparer.OrdinalIgnoreCase)))
                .OrderByDescending(entry => organization.Certificates[entry.Certificate].NotAfter);
        }
        return new JsonArray(entries.Select(JsonNode? (entry) => ExchangeResults.Certificate(organization, server, entry, request.Kind)).ToArray());
    }

    private static JsonNode Import(Organization organization, Request request)
    {
        Servers.Begin(organization, request);
        var server = Servers.Target(organization, request);
        var friendlyName = request.Text("FriendlyName");
        if (friendlyName is { Length: >= 64 })
        {
            throw Table.Refusal("ExchangeCertificate.FriendlyNameTooLong", friendlyName.Length);
        }
        var bytes = request.Text("FileName") is { } path ? ServerFiles.Read(organization, request, path) : request.Bytes("FileData");
        if (Pkcs7File.Read(bytes) is { } chain)
        {
            return ImportChain(organization, server, chain, request);
        }
        var file = PfxFile.Read(bytes, request.Text("Password"), server, "Import-ExchangeCertificate.WrongPassword");
        var owner = file.Owner ?? throw Table.Refusal("Import-ExchangeCertificate.NoPrivateKey");
        if (server.Find(owner.Thumbprint) is not null)
        {
            throw Table.Refusal("Import-ExchangeCertificate.AlreadyThere", owner.Thumbprint, server.Name);
        }
        if (owner.Key is System.Security.Cryptography.ECDsa && !RegistryOperations.TakesEllipticCurves(server))
        {
            throw Table.Refusal("Import-ExchangeCertificate.EcKey", server.Name);
        }
        if (request.Flag("WhatIf"))
        {
            return new JsonArray();
        }
        foreach (var other in file.Certificates.Where(other => other.Key is null))
        {
            organization.Certificates.Add(other.Certificate, null);
            server.IntermediateStore.Add(other.Thumbprint);
        }
        var entry = StoreOperations.Put(organization, server, owner, new StoreEntry
        {
            FriendlyName = friendlyName ?? owner.FriendlyName ?? "",
            Exportable = request.Flag("PrivateKeyExportable"),
            Provider = owner.Provider ?? (organization.State.Settings.ImportExchangeProvider == "csp" ? Providers.SChannel : Providers.Software),
        });
        return new JsonArray(ExchangeResults.Certificate(organization, server, entry, request.Kind));
    }

    /// <summary>A PKCS#7 file holds no key: what it certifies goes into My where nothing waits for it, the rest beside it (IMPORT).</summary>
    private static JsonNode ImportChain(Organization organization, ServerState server, IReadOnlyList<X509Certificate2> chain, Request request)
    {
        if (request.Flag("WhatIf"))
        {
            return new JsonArray();
        }
        var issuers = chain.Select(certificate => certificate.Issuer).ToHashSet(StringComparer.Ordinal);
        foreach (var certificate in chain)
        {
            if (issuers.Contains(certificate.Subject))
            {
                organization.Certificates.Add(certificate, null);
                server.IntermediateStore.Add(certificate.Thumbprint);
            }
            else if (server.Find(certificate.Thumbprint) is null)
            {
                StoreOperations.Put(organization, server, new PfxCertificate(certificate, null, null, null), new StoreEntry { FriendlyName = request.Text("FriendlyName") ?? "" });
            }
        }
        return new JsonArray();
    }

    private static JsonNode Export(Organization organization, Request request)
    {
        var (server, entry) = Find(organization, request);
        if (!entry.HasPrivateKey || !entry.Exportable)
        {
            throw Table.Refusal("Export-ExchangeCertificate.NotExportable", entry.Certificate, server.Name);
        }
        var file = PfxFile.Write(organization, [entry.Certificate], entry, request.Text("Password") ?? "", aes: false);
        if (request.Text("FileName") is { } path)
        {
            ServerFiles.Write(organization, request, path, file);
        }
        return new JsonObject { ["FileData"] = Convert.ToBase64String(file), ["BinaryEncoded"] = request.Flag("BinaryEncoded") };
    }

    private static JsonNode New(Organization organization, Request request)
    {
        Servers.Begin(organization, request);
        var server = Servers.Target(organization, request);
        var services = request.List("Services").SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (services.Count == 0)
        {
            services = ["IMAP", "POP", "SMTP"];
        }
        if (EnableOperation.Question(organization, server, null, services, request) is { } question)
        {
            return question;
        }
        var names = request.List("DomainName");
        if (request.Flag("IncludeServerFQDN") || names.Count == 0)
        {
            names.Add(server.Fqdn);
        }
        var slot = 512 + organization.Log.Count;
        var state = new CertificateState
        {
            Subject = request.Text("SubjectName") ?? $"CN={server.Name}",
            Days = [0, 5 * 365],
            DnsNames = names,
            Key = $"rsa{request.Number("KeySize", 2048)}",
            KeySlot = slot,
        };
        StateLoader.LoadCertificate("new", state, organization.Certificates, DateTimeOffset.UtcNow, ref slot);
        var made = new PfxCertificate(organization.Certificates[state.Thumbprint!], organization.Certificates.Key(state.Thumbprint!), null, null);
        var entry = StoreOperations.Put(organization, server, made, new StoreEntry
        {
            FriendlyName = request.Text("FriendlyName") ?? "Microsoft Exchange",
            Exportable = request.Flag("PrivateKeyExportable"),
        });
        EnableOperation.Apply(organization, server, entry, services, request);
        return new JsonArray(ExchangeResults.Certificate(organization, server, entry, request.Kind));
    }
}
