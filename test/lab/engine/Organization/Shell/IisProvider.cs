// IIS:\SslBindings of a simulated server: what HTTP.sys holds, as WebAdministration shows it.
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Text.Json.Nodes;

namespace Lab;

[CmdletProvider("WebAdministration", ProviderCapabilities.None)]
public sealed class IisProvider : NavigationCmdletProvider
{
    protected override System.Collections.ObjectModel.Collection<PSDriveInfo> InitializeDefaultDrives() =>
        [new PSDriveInfo("IIS", ProviderInfo, "", "IIS of this server", null)];

    protected override bool IsValidPath(string path) => true;

    protected override bool ItemExists(string path) => Parts(path) switch
    {
        [] => true,
        [var folder] => IsBindings(folder),
        [var folder, var name] => IsBindings(folder) && Bindings().Any(binding => Name(binding) == name),
        _ => false,
    };

    protected override bool IsItemContainer(string path) => Parts(path).Length < 2;

    protected override bool HasChildItems(string path) => Parts(path).Length < 2;

    protected override void GetItem(string path)
    {
        if (Parts(path) is [var folder, var name] && IsBindings(folder))
        {
            foreach (var binding in Bindings().Where(binding => Name(binding) == name))
            {
                WriteItemObject(Item(binding), path, isContainer: false);
            }
            return;
        }
        WriteItemObject(new PSObject(Parts(path).LastOrDefault() ?? "IIS"), path, isContainer: true);
    }

    /// <summary>Set-Item with a certificate of Cert: binds it, on 444 as on 443.</summary>
    protected override void SetItem(string path, object value)
    {
        var thumbprint = PSObject.AsPSObject(value).Properties["Thumbprint"]?.Value?.ToString();
        if (Parts(path) is [var folder, var name] && IsBindings(folder) && thumbprint is not null && name.Split('!') is [var ip, var port, .. var host])
        {
            LabContext.Current.Call("iis.bind", new JsonObject { ["binding"] = $"{ip}:{port}:{host.FirstOrDefault()}", ["thumbprint"] = thumbprint });
        }
    }

    protected override void GetChildItems(string path, bool recurse)
    {
        if (Parts(path) is [var folder] && IsBindings(folder))
        {
            foreach (var binding in Bindings())
            {
                WriteItemObject(Item(binding), MakePath(path, Name(binding)), isContainer: false);
            }
            return;
        }
        GetItem(MakePath(path, "SslBindings"));
    }

    protected override void GetChildNames(string path, ReturnContainers returnContainers)
    {
        foreach (var name in Parts(path).Length == 0 ? ["SslBindings"] : Bindings().Select(Name))
        {
            WriteItemObject(name, MakePath(path, name), Parts(path).Length == 0);
        }
    }

    private static IEnumerable<JsonObject> Bindings() =>
        LabContext.Current.Call("iis.sslBindings", [])!.AsArray().Select(binding => binding!.AsObject());

    /// <summary>`0.0.0.0!443`, and `!443!name` by SNI.</summary>
    private static string Name(JsonObject binding) =>
        binding["Host"]!.GetValue<string>() is { Length: > 0 } host ? $"!{binding["Port"]}!{host}" : $"{binding["IPAddress"]}!{binding["Port"]}";

    private static PSObject Item(JsonObject binding)
    {
        var item = (PSObject)LabJson.To(binding)!;
        var site = new PSObject();
        site.Properties.Add(new PSNoteProperty("Value", binding["Sites"]!.GetValue<string>()));
        item.Properties.Remove("Sites");
        item.Properties.Add(new PSNoteProperty("Sites", site));
        return item;
    }

    private static bool IsBindings(string folder) => string.Equals(folder, "SslBindings", StringComparison.OrdinalIgnoreCase);

    private static string[] Parts(string path) => path.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries);
}
