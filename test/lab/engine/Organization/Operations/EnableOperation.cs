// Enable-ExchangeCertificate: additive, with the question about the internal transport certificate (docs/facts-exchange.md#enable-services).
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Lab;

public static class EnableOperation
{
    public static void Register(Organization organization) =>
        organization.Register("Enable-ExchangeCertificate", request =>
        {
            var (server, entry) = CertificateOperations.Find(organization, request);
            var services = request.List("Services").SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(name => name.ToUpperInvariant()).ToList();
            Check(organization, server, entry, services);
            if (Question(organization, server, entry, services, request) is { } question)
            {
                return question;
            }
            return new JsonObject { ["warnings"] = Apply(organization, server, entry, services, request) };
        });

    /// <summary>The question to ask before SMTP is given, or null where nothing is to be asked or it is answered.</summary>
    public static JsonObject? Question(Organization organization, ServerState server, StoreEntry? entry, List<string> services, Request request)
    {
        var old = server.Find(server.InternalTransport);
        if (!services.Contains("SMTP") || request.Flag("Force") || request.Flag("WhatIf") || request.Has("OverwriteDefault") || old is null || old == entry)
        {
            return null;
        }
        var (was, now) = (organization.Certificates[old.Certificate], entry is null ? null : organization.Certificates[entry.Certificate]);
        return new JsonObject
        {
            ["question"] = string.Join('\n',
                "Overwrite the existing default SMTP certificate?",
                "",
                $"Current certificate: '{old.Certificate}' (expires {was.NotAfter:M/d/yyyy h:mm:ss tt})",
                now is null ? "Replace it with the new certificate" : $"Replace it with certificate: '{entry!.Certificate}' (expires {now.NotAfter:M/d/yyyy h:mm:ss tt})"),
        };
    }

    /// <summary>Assigns the services, and tells the warnings; part by part, so that a fault between two leaves what Windows would keep.</summary>
    public static JsonArray Apply(Organization organization, ServerState server, StoreEntry entry, List<string> services, Request request)
    {
        var warnings = new JsonArray();
        foreach (var service in services.Where(service => service is "POP" or "IMAP"))
        {
            if (Selection.IsWildcard(organization, entry.Certificate))
            {
                warnings.Add($"This certificate with thumbprint {entry.Certificate} and subject '{organization.Certificates[entry.Certificate].Subject}' cannot used for {service} SSL/TLS connections because the subject is not a Fully Qualified Domain Name (FQDN). Use command Set-{(service == "POP" ? "POP" : "IMAP")}Settings to set X509CertificateName to the FQDN of the service.");
                continue;
            }
            Give(organization, server, entry, service);
            entry.EnabledAt = organization.Log.Count + 1;
            var settings = Selection.Protocol(server, service);
            var name = CertificateRegistry.Domains(organization.Certificates[entry.Certificate]).FirstOrDefault();
            if (organization.State.Settings.EnableSetsName && name is not null && settings.X509CertificateName != name)
            {
                settings.X509CertificateName = name;
                organization.Note($"{service.ToLowerInvariant()}.set", server.Name, name);
            }
        }
        if (services.Contains("SMTP"))
        {
            AllowNetworkService(organization, server, entry);
            Give(organization, server, entry, "SMTP");
            if ((request.Flag("Force") || request.Flag("OverwriteDefault") || server.Find(server.InternalTransport) is null) && server.InternalTransport != entry.Certificate)
            {
                server.InternalTransport = entry.Certificate;
                organization.Note("internalTransport.set", server.Name, entry.Certificate);
            }
        }
        foreach (var service in services.Where(service => service is "UM" or "UMCALLROUTER"))
        {
            Give(organization, server, entry, service == "UM" ? "UM" : "UMCallRouter");
        }
        if (request.Flag("NetworkServiceAllowed"))
        {
            AllowNetworkService(organization, server, entry);
        }
        if (services.Contains("IIS"))
        {
            BindDefaultWebSite(organization, server, entry, request.Flag("DoNotRequireSsl"));
        }
        return warnings;
    }

    private static void Check(Organization organization, ServerState server, StoreEntry entry, List<string> services)
    {
        if (services.Contains("FEDERATION"))
        {
            throw Table.Refusal("Enable-ExchangeCertificate.Federation");
        }
        if (services.Exists(service => service is "UM" or "UMCALLROUTER"))
        {
            if (!Builds.Is2016(server))
            {
                throw Table.Refusal("Enable-ExchangeCertificate.NoUm", server.Name);
            }
            if (server.UmStartupMode is not ("TLS" or "Dual"))
            {
                throw Table.Refusal("Enable-ExchangeCertificate.UmTcp", server.Name);
            }
        }
        if (!entry.HasPrivateKey)
        {
            throw Table.Refusal("Enable-ExchangeCertificate.NoPrivateKey", entry.Certificate);
        }
        var certificate = organization.Certificates[entry.Certificate];
        var now = Clocks.Now(server);
        if (certificate.NotAfter < now || certificate.NotBefore > now)
        {
            throw Table.Refusal("Enable-ExchangeCertificate.DateInvalid", entry.Certificate);
        }
        if (services.Exists(service => service is "POP" or "IMAP") && organization.Certificates.Key(entry.Certificate) is ECDsa && !Builds.IsFrom(server.Exchange, "15.2.1748"))
        {
            throw Table.Refusal("Enable-ExchangeCertificate.EcKey", server.Name);
        }
    }

    private static void Give(Organization organization, ServerState server, StoreEntry entry, string service)
    {
        if (!entry.Services.Contains(service))
        {
            entry.Services.Add(service);
        }
        organization.Note("service.enable", server.Name, $"{service} {entry.Certificate}");
    }

    private static void AllowNetworkService(Organization organization, ServerState server, StoreEntry entry)
    {
        if (!entry.NetworkService)
        {
            entry.NetworkService = true;
            organization.Note("key.networkService", server.Name, entry.Certificate);
        }
    }

    private static void BindDefaultWebSite(Organization organization, ServerState server, StoreEntry entry, bool keepSsl)
    {
        // those with a name of their own stay: win-acme#1083 tells of a server left so
        var front = server.Bindings.FindAll(candidate => candidate is { Site: "Default Web Site", Port: 443, Host: "" });
        if (front.Count == 0)
        {
            front.Add(new BindingState { Ip = "", RequireSsl = false });
            server.Bindings.Add(front[0]);
        }
        foreach (var binding in organization.State.Settings.SecondBinding == "leaves" ? [front.Find(one => one.IsOfAllAddresses) ?? front[0]] : front)
        {
            binding.Iis = entry.Certificate;
            binding.HttpSys = entry.Certificate;
            organization.Note("binding.set", server.Name, $"{binding.Ip}:443 {entry.Certificate}");
        }
        if (!keepSsl && front.Exists(binding => !binding.RequireSsl))
        {
            front.ForEach(binding => binding.RequireSsl = true);
            organization.Note("requireSsl.set", server.Name, "Default Web Site");
        }
    }
}
