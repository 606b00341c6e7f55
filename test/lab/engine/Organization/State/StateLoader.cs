// Turns the state a test wrote (roles, days from now, @role) into the state the organization lives in (thumbprints, times, names).
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Lab;

public static partial class StateLoader
{
    /// <summary>Fills <paramref name="registry"/> and makes <paramref name="state"/> whole, in place; throws ArgumentException for a state that makes no sense.</summary>
    public static void Load(LabState state, CertificateRegistry registry, DateTimeOffset now)
    {
        LoadAuthorities(state, registry);
        var slot = 16;
        foreach (var (role, certificate) in state.Certificates.ToList())
        {
            LoadCertificate(role, certificate, registry, now, ref slot);
        }
        foreach (var server in state.Servers)
        {
            LoadServer(server, state, registry);
        }
        foreach (var connector in state.SendConnectors)
        {
            connector.Guid = Filled(connector.Guid, connector.Name);
            connector.TlsCertificateName = Name(connector.TlsCertificateName, state, registry);
        }
        if (state.Hybrid is { } hybrid)
        {
            hybrid.TlsCertificateName = Name(hybrid.TlsCertificateName, state, registry);
        }
        state.Auth.Current = Thumbprint(state.Auth.Current, state, registry);
        state.Auth.Previous = Thumbprint(state.Auth.Previous, state, registry);
        state.Auth.Next = Thumbprint(state.Auth.Next, state, registry);
        foreach (var trust in state.Federation)
        {
            trust.Certificate = Thumbprint(trust.Certificate, state, registry);
            trust.PreviousCertificate = Thumbprint(trust.PreviousCertificate, state, registry);
            trust.NextCertificate = Thumbprint(trust.NextCertificate, state, registry);
        }
    }

    private static void LoadAuthorities(LabState state, CertificateRegistry registry)
    {
        var slot = 0;
        foreach (var (role, authority) in state.Authorities)
        {
            var issuer = authority.Issuer is null ? null
                : registry.Authorities.GetValueOrDefault(authority.Issuer) ?? throw new ArgumentException($"authority {role}: write its issuer {authority.Issuer} before it");
            var minted = Mint.Authority(role, authority, issuer, slot++);
            registry.Authorities[role] = minted;
            registry.Add(minted.Certificate, minted.Key);
        }
    }

    /// <summary>Makes one certificate, or takes it as given; its thumbprint and DER stand in it afterwards.</summary>
    public static void LoadCertificate(string role, CertificateState certificate, CertificateRegistry registry, DateTimeOffset now, ref int slot)
    {
        if (certificate.RawData is { } data)
        {
            var given = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(data));
            var key = certificate.KeySlot is { } kept ? KeyPool.Get(certificate.Key, kept) : registry.Key(given.Thumbprint);
            certificate.Thumbprint = registry.Add(given, key);
            return;
        }
        if (certificate.Days is [var from, var to])
        {
            certificate.NotBefore = Second(now.AddDays(from));
            certificate.NotAfter = Second(now.AddDays(to));
            certificate.Days = null;
        }
        certificate.KeySlot ??= slot++;
        var issuer = certificate.Issuer is null ? null
            : registry.Authorities.GetValueOrDefault(certificate.Issuer) ?? throw new ArgumentException($"certificate {role}: no authority {certificate.Issuer}");
        var minted = Mint.Leaf(certificate, issuer);
        certificate.Thumbprint = registry.Add(minted.Certificate, minted.Key);
        certificate.RawData = Convert.ToBase64String(minted.Certificate.RawData);
    }

    private static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static void LoadServer(ServerState server, LabState state, CertificateRegistry registry)
    {
        server.Fqdn = server.Fqdn.Length > 0 ? server.Fqdn : $"{server.Name.ToLowerInvariant()}.{state.Domain}";
        foreach (var entry in server.Store)
        {
            entry.Certificate = Thumbprint(entry.Certificate, state, registry) ?? "";
            entry.Container ??= Container(server.Name, entry.Certificate);
        }
        server.IntermediateStore = server.IntermediateStore.ConvertAll(name =>
            registry.Authorities.TryGetValue(name, out var authority) ? authority.Certificate.Thumbprint : Thumbprint(name, state, registry) ?? "");
        server.InternalTransport = Thumbprint(server.InternalTransport, state, registry);
        foreach (var binding in server.Bindings)
        {
            binding.Iis = Thumbprint(binding.Iis, state, registry);
            binding.HttpSys = Thumbprint(binding.HttpSys, state, registry);
        }
        server.Pop.Presented = Thumbprint(server.Pop.Presented, state, registry);
        server.Imap.Presented = Thumbprint(server.Imap.Presented, state, registry);
        foreach (var connector in server.ReceiveConnectors)
        {
            connector.Guid = Filled(connector.Guid, $"{server.Name}\\{connector.Name}");
            connector.Fqdn ??= server.Fqdn;
            connector.TlsCertificateName = Name(connector.TlsCertificateName, state, registry);
        }
    }

    /// <summary>The name of a key's file, as Windows forms it; always the same for one certificate on one server.</summary>
    public static string Container(string server, string thumbprint)
    {
        var hash = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{server}|{thumbprint}")));
        return $"{hash}_{new Guid(MD5.HashData(Encoding.UTF8.GetBytes(server)))}";
    }

    private static Guid Filled(Guid given, string name) => given != Guid.Empty ? given : new Guid(MD5.HashData(Encoding.UTF8.GetBytes(name)));

    private static string? Thumbprint(string? reference, LabState state, CertificateRegistry registry)
    {
        if (reference is null)
        {
            return null;
        }
        if (state.Certificates.TryGetValue(reference, out var certificate))
        {
            return certificate.Thumbprint;
        }
        if (ThumbprintShape().IsMatch(reference))
        {
            return reference.ToUpperInvariant();
        }
        throw new ArgumentException($"no certificate of the role {reference}");
    }

    private static string? Name(string? text, LabState state, CertificateRegistry registry) =>
        text is ['@', .. var role] ? CertificateRegistry.TlsName(registry[Thumbprint(role, state, registry) ?? ""]) : text;

    [GeneratedRegex("^[0-9A-Fa-f]{40}$")]
    private static partial Regex ThumbprintShape();
}
