// The computer's certificate store: what the Cert: drive lists, renames and removes, with no guard of its own.
using System.Text.Json.Nodes;

namespace Lab;

public static class StoreOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("store.list", request =>
        {
            var server = Servers.Local(organization, request);
            return request.Required("store").ToUpperInvariant() switch
            {
                "MY" => new JsonArray(server.Store.Select(JsonNode? (entry) => Item(organization, entry)).ToArray()),
                "CA" => new JsonArray(server.IntermediateStore.Select(JsonNode? (thumbprint) => Bare(organization, thumbprint)).ToArray()),
                "ROOT" => new JsonArray(organization.Certificates.Authorities.Values.Where(authority => authority.Certificate.Subject == authority.Certificate.Issuer)
                    .Select(JsonNode? (authority) => Bare(organization, authority.Certificate.Thumbprint)).ToArray()),
                _ => new JsonArray(),
            };
        });
        organization.Register("store.rename", request =>
        {
            var (server, entry) = Find(organization, request);
            entry.FriendlyName = request.Text("friendlyName") ?? "";
            organization.Note("friendlyName.set", server.Name, entry.Certificate);
            return null;
        });
        organization.Register("store.remove", request =>
        {
            var (server, entry) = Find(organization, request);
            if (request.Flag("deleteKey") && request.Kind is SessionKind.Server)
            {
                throw Table.Refusal("Store.DeleteKeyNeedsDelegation", entry.Certificate);
            }
            Remove(organization, server, entry, request.Flag("deleteKey"));
            return null;
        });
    }

    /// <summary>Puts a certificate with its key into My; the same certificate once more replaces what was kept beside it.</summary>
    public static StoreEntry Put(Organization organization, ServerState server, PfxCertificate certificate, StoreEntry entry)
    {
        if (server.DiskFull)
        {
            throw Table.Refusal("Disk.Full", server.Name);
        }
        organization.Certificates.Add(certificate.Certificate, certificate.Key);
        entry.Certificate = certificate.Thumbprint;
        entry.HasPrivateKey = certificate.Key is not null;
        entry.Container = StateLoader.Container(server.Name, certificate.Thumbprint);
        if (server.Find(certificate.Thumbprint) is { } present)
        {
            entry.Services = present.Services;
            entry.NetworkService = false;
            server.Store.Remove(present);
        }
        server.Store.Add(entry);
        server.LeftKeys.Remove(entry.Container);
        organization.Note("store.add", server.Name, entry.Certificate);
        return entry;
    }

    /// <summary>Takes a certificate out of My; its key's file stays unless told.</summary>
    public static void Remove(Organization organization, ServerState server, StoreEntry entry, bool deleteKey = false)
    {
        server.Store.Remove(entry);
        if (entry is { HasPrivateKey: true, Container: { } container } && !deleteKey)
        {
            server.LeftKeys.Add(container);
        }
        organization.Note("store.remove", server.Name, entry.Certificate);
    }

    /// <summary>One item of Cert:\LocalMachine\My; the certificate itself goes as DER.</summary>
    public static JsonObject Item(Organization organization, StoreEntry entry) => new()
    {
        ["thumbprint"] = entry.Certificate,
        ["rawData"] = Convert.ToBase64String(organization.Certificates[entry.Certificate].RawData),
        ["friendlyName"] = entry.FriendlyName,
        ["hasPrivateKey"] = entry.HasPrivateKey,
        ["exportable"] = entry.Exportable,
        ["provider"] = entry.Provider,
        ["container"] = entry.Container,
        ["csp"] = entry is { IsCsp: true, HasPrivateKey: true },
    };

    private static JsonObject Bare(Organization organization, string thumbprint) => new()
    {
        ["thumbprint"] = thumbprint,
        ["rawData"] = Convert.ToBase64String(organization.Certificates[thumbprint].RawData),
        ["friendlyName"] = "",
        ["hasPrivateKey"] = false,
    };

    private static (ServerState Server, StoreEntry Entry) Find(Organization organization, Request request)
    {
        var server = Servers.Local(organization, request);
        return (server, server.Find(request.Required("thumbprint")) ?? throw Table.Refusal("Store.NotFound", request.Text("thumbprint")));
    }
}
