// The Cert: drive of a simulated server: LocalMachine\My, CA and Root, read and changed through the organization.
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Text.Json.Nodes;

namespace Lab;

[CmdletProvider("Certificate", ProviderCapabilities.ShouldProcess)]
public sealed class CertProvider : NavigationCmdletProvider
{
    private static readonly string[] locations = ["CurrentUser", "LocalMachine"];
    private static readonly string[] stores = ["My", "CA", "Root"];

    protected override System.Collections.ObjectModel.Collection<PSDriveInfo> InitializeDefaultDrives() =>
        [new PSDriveInfo("Cert", ProviderInfo, "", "X509 certificates of this server", null)];

    protected override bool IsValidPath(string path) => true;

    protected override bool ItemExists(string path)
    {
        var parts = Parts(path);
        return parts.Length switch
        {
            0 => true,
            1 => Has(locations, parts[0]),
            2 => Has(locations, parts[0]) && Has(stores, parts[1]),
            3 => Find(parts) is not null,
            _ => false,
        };
    }

    protected override bool IsItemContainer(string path) => Parts(path).Length < 3;

    protected override bool HasChildItems(string path) => Parts(path).Length < 3;

    protected override void GetItem(string path)
    {
        var parts = Parts(path);
        if (parts.Length == 3)
        {
            if (Find(parts) is { } row)
            {
                WriteItemObject(CertificateItem.Make(row, LabContext.Current, parts[1]), path, isContainer: false);
            }
            return;
        }
        var item = new PSObject();
        item.Properties.Add(new PSNoteProperty("Name", parts.LastOrDefault() ?? ""));
        WriteItemObject(item, path, isContainer: true);
    }

    protected override void GetChildItems(string path, bool recurse) => GetChildItems(path, recurse, uint.MaxValue);

    protected override void GetChildItems(string path, bool recurse, uint depth)
    {
        foreach (var child in Children(Parts(path)))
        {
            var childPath = MakePath(path, child.Name);
            if (child.Row is { } row)
            {
                WriteItemObject(CertificateItem.Make(row, LabContext.Current, Parts(path)[1]), childPath, isContainer: false);
                continue;
            }
            GetItem(childPath);
            if (recurse && depth > 0)
            {
                GetChildItems(childPath, recurse, depth - 1);
            }
        }
    }

    protected override void GetChildNames(string path, ReturnContainers returnContainers)
    {
        foreach (var child in Children(Parts(path)))
        {
            WriteItemObject(child.Name, MakePath(path, child.Name), child.Row is null);
        }
    }

    protected override void RemoveItem(string path, bool recurse)
    {
        var parts = Parts(path);
        if (parts.Length == 3 && ShouldProcess($"Item: {path}", "Remove Certificate"))
        {
            try
            {
                LabContext.Current.Call("store.remove", new JsonObject
                {
                    ["store"] = parts[1],
                    ["thumbprint"] = parts[2],
                    ["deleteKey"] = DeleteKey.Asked,
                });
            }
            catch (LabError refusal)
            {
                // thrown, it would lose its own id to the provider's
                WriteError(new ErrorRecord(refusal, refusal.Id, refusal.Category, path));
            }
        }
    }

    private static IEnumerable<(string Name, JsonObject? Row)> Children(string[] parts) => parts.Length switch
    {
        0 => locations.Select(name => (name, (JsonObject?)null)),
        1 => stores.Select(name => (name, (JsonObject?)null)),
        2 => List(parts).Select(row => (row["thumbprint"]!.GetValue<string>(), (JsonObject?)row)),
        _ => [],
    };

    private static IEnumerable<JsonObject> List(string[] parts) =>
        string.Equals(parts[0], "LocalMachine", StringComparison.OrdinalIgnoreCase)
            ? LabContext.Current.Call("store.list", new JsonObject { ["store"] = parts[1] })!.AsArray().Select(row => row!.AsObject())
            : [];

    private static JsonObject? Find(string[] parts) =>
        List(parts).FirstOrDefault(row => string.Equals(row["thumbprint"]!.GetValue<string>(), parts[2], StringComparison.OrdinalIgnoreCase));

    private static bool Has(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Paths arrive with / on Linux and with \ from scripts.</summary>
    private static string[] Parts(string path) => path.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries);
}
