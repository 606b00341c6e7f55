// What only tests and the people who run the lab may ask: whole state, faults, the log, outages, real PFX material.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Lab;

public static class TestOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("state.get", _ => StateJson.Node(Whole(organization)));
        organization.Register("state.set", request =>
        {
            organization.Load((JsonObject)request.Arguments["state"]!.DeepClone());
            return null;
        });
        organization.Register("state.reset", _ =>
        {
            organization.Load(organization.Initial);
            return null;
        });
        organization.Register("log.get", request => organization.Log.From(request.Number("after", 0)));
        organization.Register("mail.get", _ => new JsonObject { ["sent"] = organization.Mail.Sent, ["failed"] = organization.Mail.Failures.Count, ["failures"] = organization.Mail.Failures });
        organization.Register("outage.get", _ => organization.Outages.Entries);
        organization.Register("presented.get", request =>
        {
            var server = Servers.Known(organization, request.Required("server"));
            var presentation = request.Required("service") switch
            {
                "smtp" => Selection.Smtp(organization, server),
                "https" => Selection.Https(organization, server, 443),
                "backend" => Selection.Https(organization, server, 444),
                "imaps" => Selection.Mailbox(organization, server, "MSExchangeImap4"),
                "pop3s" => Selection.Mailbox(organization, server, "MSExchangePop3"),
                "submission" => Selection.Smtp(organization, server, 587),
                "owa" => BackEnd.Owa(organization, server) is (200, _) ? Selection.Https(organization, server, 443) : Presentation.Fails(BackEnd.Owa(organization, server).Reason!),
                "shell" => BackEnd.Problem(organization, server) is { } problem ? Presentation.Fails(problem) : Selection.Https(organization, server, 444),
                var other => throw new ArgumentException($"presented.get: no service {other}"),
            };
            return new JsonObject { ["offered"] = presentation.Offered, ["thumbprint"] = presentation.Thumbprint, ["reason"] = presentation.Reason };
        });
        organization.Register("refuse", request => throw Table.Refusal(request.Required("id"), [.. request.List("values")]));
        organization.Register("certificate.make", request =>
        {
            var slot = request.Number("keySlot", 256);
            var state = System.Text.Json.JsonSerializer.Deserialize<CertificateState>(request.Arguments["certificate"], StateJson.Options)!;
            StateLoader.LoadCertificate(request.Text("role") ?? "made", state, organization.Certificates, DateTimeOffset.UtcNow, ref slot);
            organization.State.Certificates[request.Text("role") ?? state.Thumbprint!] = state;
            return StateJson.Node(state);
        });
        organization.Register("certificate.pem", request => Pem(organization, Thumbprint(organization, request)));
        organization.Register("certificate.pfx", request =>
        {
            var thumbprint = Thumbprint(organization, request);
            var entry = new StoreEntry { Certificate = thumbprint, FriendlyName = request.Text("friendlyName") ?? "", Provider = request.Text("provider") ?? Providers.SChannel };
            var chain = organization.Certificates.Chain(thumbprint).Select(certificate => certificate.Thumbprint);
            return new JsonObject { ["pfx"] = Convert.ToBase64String(PfxFile.Write(organization, [thumbprint, .. chain], entry, request.Text("password") ?? "", request.Flag("aes"), !request.Flag("withoutKey"))) };
        });
    }

    private static string Thumbprint(Organization organization, Request request)
    {
        var name = request.Required("certificate");
        return organization.State.Certificates.GetValueOrDefault(name)?.Thumbprint ?? name;
    }

    private static JsonObject Pem(Organization organization, string thumbprint) => new()
    {
        ["certificate"] = organization.Certificates[thumbprint].ExportCertificatePem(),
        ["chain"] = string.Join('\n', organization.Certificates.Chain(thumbprint).Select(certificate => certificate.ExportCertificatePem())),
        ["key"] = organization.Certificates.Key(thumbprint)?.ExportPkcs8PrivateKeyPem(),
        ["root"] = string.Join('\n', organization.Certificates.Authorities.Values.Where(authority => authority.Certificate.Subject == authority.Certificate.Issuer).Select(authority => authority.Certificate.ExportCertificatePem())),
    };

    /// <summary>The state with every certificate in it that a store names, imported ones too.</summary>
    private static LabState Whole(Organization organization)
    {
        var known = organization.State.Certificates.Values.Select(certificate => certificate.Thumbprint).ToHashSet();
        foreach (var thumbprint in organization.State.Servers.SelectMany(server => server.Store).Select(entry => entry.Certificate).Where(thumbprint => known.Add(thumbprint)))
        {
            var certificate = organization.Certificates[thumbprint];
            organization.State.Certificates[thumbprint] = new CertificateState
            {
                Subject = certificate.Subject,
                NotBefore = certificate.NotBefore,
                NotAfter = certificate.NotAfter,
                DnsNames = CertificateRegistry.Domains(certificate),
                RawData = Convert.ToBase64String(certificate.RawData),
                Thumbprint = thumbprint,
            };
        }
        return organization.State;
    }
}
