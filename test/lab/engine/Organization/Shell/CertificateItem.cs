// An item of Cert: as 5.1 shows it: an X509Certificate2 whose Windows-only properties are laid over it.
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Lab;

public static class CertificateItem
{
    private sealed record Held(LabContext Context, string Store)
    {
        public string FriendlyName { get; set; } = "";
    }

    private static readonly ConditionalWeakTable<X509Certificate2, Held> items = [];
    private static readonly MethodInfo getter = typeof(CertificateItem).GetMethod(nameof(GetFriendlyName))!;
    private static readonly MethodInfo setter = typeof(CertificateItem).GetMethod(nameof(SetFriendlyName))!;

    /// <summary>The object for one row of store.list; .NET on Linux refuses FriendlyName, so that is ours, and writes through.</summary>
    public static PSObject Make(JsonObject row, LabContext context, string store)
    {
        var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(row["rawData"]!.GetValue<string>()));
        items.Add(certificate, new Held(context, store) { FriendlyName = row["friendlyName"]?.GetValue<string>() ?? "" });
        var item = new PSObject(certificate);
        item.Properties.Add(new PSCodeProperty("FriendlyName", getter, setter), preValidated: true);
        Note(item, "Subject", WindowsNames.Subject(certificate));
        Note(item, "Issuer", WindowsNames.Issuer(certificate));
        Note(item, "HasPrivateKey", row["hasPrivateKey"]?.GetValue<bool>() ?? false);
        Note(item, "PrivateKey", PrivateKey(row));
        Note(item, "DnsNameList", CertificateRegistry.Domains(certificate).Select(name =>
        {
            var entry = new PSObject();
            Note(entry, "Punycode", name);
            Note(entry, "Unicode", name);
            return entry;
        }).ToArray());
        Note(item, "EnhancedKeyUsageList", certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>()).Select(oid =>
        {
            var entry = new PSObject();
            Note(entry, "FriendlyName", oid.FriendlyName ?? oid.Value);
            Note(entry, "ObjectId", oid.Value);
            return entry;
        }).ToArray());
        return item;
    }

    public static string GetFriendlyName(PSObject item) =>
        item.BaseObject is X509Certificate2 certificate && items.TryGetValue(certificate, out var held) ? held.FriendlyName : "";

    public static void SetFriendlyName(PSObject item, string value)
    {
        if (item.BaseObject is X509Certificate2 certificate && items.TryGetValue(certificate, out var held))
        {
            held.Context.Call("store.rename", new JsonObject { ["store"] = held.Store, ["thumbprint"] = certificate.Thumbprint, ["friendlyName"] = value });
            held.FriendlyName = value;
        }
    }

    /// <summary>5.1's .PrivateKey is null for a key of CNG: that is how one tells the two apart.</summary>
    private static PSObject? PrivateKey(JsonObject row)
    {
        if (row["csp"]?.GetValue<bool>() is not true)
        {
            return null;
        }
        var (key, container) = (new PSObject(), new PSObject());
        Note(container, "ProviderName", row["provider"]?.GetValue<string>());
        Note(container, "UniqueKeyContainerName", row["container"]?.GetValue<string>());
        Note(container, "KeyContainerName", row["container"]?.GetValue<string>());
        Note(container, "KeyNumber", "Exchange");
        Note(container, "MachineKeyStore", true);
        Note(container, "Exportable", row["exportable"]?.GetValue<bool>() ?? false);
        Note(key, "CspKeyContainerInfo", container);
        Note(key, "KeySize", 2048);
        return key;
    }

    private static void Note(PSObject item, string name, object? value) => item.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
}

/// <summary>Makes the objects PKI cmdlets return of an operation's rows.</summary>
[Cmdlet(VerbsData.ConvertTo, "LabCertificate")]
public sealed class ConvertToLabCertificate : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter] public string? StorePath { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }
        var item = CertificateItem.Make((JsonObject)LabJson.From(InputObject)!, LabContext.Current, "My");
        if (StorePath is not null)
        {
            item.Properties.Add(new PSNoteProperty("PSParentPath", $"Microsoft.PowerShell.Security\\Certificate::{StorePath["Cert:\\".Length..]}"));
        }
        WriteObject(item);
    }
}
