// The types of one version of .NET Framework by its reference assemblies, with Windows PowerShell's own by PowerShell Standard 5.1.
using System.Reflection;

namespace Witness;

public sealed class Framework
{
    /// <summary>The assemblies that powershell.exe 5.1 has loaded before a script runs; others would need Add-Type.</summary>
    static readonly string[] loaded =
    [
        "mscorlib", "System", "System.Configuration.Install", "System.Core", "System.Data", "System.DirectoryServices", "System.Management",
        "System.Management.Automation", "System.Numerics", "System.ServiceProcess", "System.Transactions", "System.Xml",
    ];

    /// <summary>The type accelerators that 5.1 has (about_Type_Accelerators), whose name alone is no type of the System namespace.</summary>
    static readonly Dictionary<string, string> accelerators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["adsi"] = "System.DirectoryServices.DirectoryEntry",
        ["adsisearcher"] = "System.DirectoryServices.DirectorySearcher",
        ["bool"] = "System.Boolean",
        ["float"] = "System.Single",
        ["hashtable"] = "System.Collections.Hashtable",
        ["int"] = "System.Int32",
        ["ipaddress"] = "System.Net.IPAddress",
        ["long"] = "System.Int64",
        ["ordered"] = "System.Collections.Specialized.OrderedDictionary",
        ["pscredential"] = "System.Management.Automation.PSCredential",
        ["pscustomobject"] = "System.Management.Automation.PSObject",
        ["psobject"] = "System.Management.Automation.PSObject",
        ["ref"] = "System.Management.Automation.PSReference",
        ["regex"] = "System.Text.RegularExpressions.Regex",
        ["scriptblock"] = "System.Management.Automation.ScriptBlock",
        ["securestring"] = "System.Security.SecureString",
        ["switch"] = "System.Management.Automation.SwitchParameter",
        ["xml"] = "System.Xml.XmlDocument",
    };

    readonly Dictionary<string, Type> types = new(StringComparer.OrdinalIgnoreCase);

    public string Version { get; }

    public IEnumerable<Type> Types => types.Values;

    public Framework(string folder, string standard)
    {
        Version = Path.GetFileName(folder);
        string[] files = [.. Directory.GetFiles(folder, "*.dll"), standard];
        var context = new MetadataLoadContext(new PathAssemblyResolver(files), "mscorlib");
        foreach (var file in files.Where(file => loaded.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            foreach (var type in context.LoadFromAssemblyPath(file).GetExportedTypes())
            {
                types.TryAdd(type.FullName!, type);
            }
        }
    }

    /// <summary>As the language resolves a name: an accelerator, the name itself, the name behind "System.".</summary>
    public Type? Find(string name)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return Find(name[..^2])?.MakeArrayType();
        }
        var full = accelerators.GetValueOrDefault(name, name);
        return types.GetValueOrDefault(full) ?? types.GetValueOrDefault($"System.{full}");
    }

    /// <summary>The same type in this version; of a constructed one its definition's.</summary>
    public Type? Same(Type type) =>
        type.IsArray ? Same(type.GetElementType()!)?.MakeArrayType()
        : type.IsConstructedGenericType ? Find(type.GetGenericTypeDefinition().FullName!)
        : type.FullName is { } name ? Find(name)
        : null;
}
