// HKLM: of a simulated server, with the one key the lab knows: read and set as Exchange's documents tell an administrator to.
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Text.Json.Nodes;

namespace Lab;

[CmdletProvider("Registry", ProviderCapabilities.None)]
public sealed class RegistryProvider : NavigationCmdletProvider, IDynamicPropertyCmdletProvider
{
    private static readonly string[] known = RegistryOperations.Key.Split('\\');

    protected override System.Collections.ObjectModel.Collection<PSDriveInfo> InitializeDefaultDrives() =>
        [new PSDriveInfo("HKLM", ProviderInfo, "", "The configuration settings for the local computer", null)];

    protected override bool IsValidPath(string path) => true;

    /// <summary>The key and those it lies in.</summary>
    protected override bool ItemExists(string path) => Parts(path) is var parts && parts.SequenceEqual(known.Take(parts.Length), StringComparer.OrdinalIgnoreCase);

    protected override bool IsItemContainer(string path) => ItemExists(path);

    protected override bool HasChildItems(string path) => ItemExists(path) && Parts(path).Length < known.Length;

    protected override void GetItem(string path)
    {
        var item = new PSObject();
        item.Properties.Add(new PSNoteProperty("Name", string.Join('\\', ["HKEY_LOCAL_MACHINE", .. Parts(path)])));
        WriteItemObject(item, path, isContainer: true);
    }

    protected override void GetChildItems(string path, bool recurse)
    {
        if (HasChildItems(path))
        {
            GetItem(MakePath(path, known[Parts(path).Length]));
        }
    }

    protected override void GetChildNames(string path, ReturnContainers returnContainers)
    {
        if (HasChildItems(path))
        {
            var name = known[Parts(path).Length];
            WriteItemObject(name, MakePath(path, name), isContainer: true);
        }
    }

    public void GetProperty(string path, System.Collections.ObjectModel.Collection<string>? providerSpecificPickList)
    {
        var values = IsKey(path) ? (JsonObject)LabContext.Current.Call("registry.get", [])! : [];
        var told = new PSObject();
        foreach (var (name, value) in values.Where(each => providerSpecificPickList is not { Count: > 0 } picked || picked.Contains(each.Key, StringComparer.OrdinalIgnoreCase)))
        {
            told.Properties.Add(new PSNoteProperty(name, Read(value!.GetValue<string>())));
        }
        foreach (var missing in (providerSpecificPickList ?? []).Where(name => !values.Any(each => string.Equals(each.Key, name, StringComparison.OrdinalIgnoreCase))))
        {
            var error = new PSArgumentException($"Property {missing} does not exist at path HKEY_LOCAL_MACHINE\\{string.Join('\\', Parts(path))}.");
            WriteError(new ErrorRecord(error, "System.Management.Automation.PSArgumentException", ErrorCategory.InvalidArgument, path));
        }
        if (told.Properties.Any())
        {
            WritePropertyObject(told, path);
        }
    }

    public void SetProperty(string path, PSObject propertyValue)
    {
        foreach (var property in propertyValue.Properties)
        {
            Write(path, property.Name, null, property.Value);
        }
    }

    public void NewProperty(string path, string propertyName, string? propertyTypeName, object? value) => Write(path, propertyName, propertyTypeName, value);

    public void ClearProperty(string path, System.Collections.ObjectModel.Collection<string> propertyToClear) => throw new PSNotSupportedException();

    public void RemoveProperty(string path, string propertyName) => Write(path, propertyName, null, null);

    public void RenameProperty(string path, string sourceProperty, string destinationProperty) => throw new PSNotSupportedException();

    public void CopyProperty(string sourcePath, string sourceProperty, string destinationPath, string destinationProperty) => throw new PSNotSupportedException();

    public void MoveProperty(string sourcePath, string sourceProperty, string destinationPath, string destinationProperty) => throw new PSNotSupportedException();

    public object GetPropertyDynamicParameters(string path, System.Collections.ObjectModel.Collection<string>? providerSpecificPickList) => null!;

    public object SetPropertyDynamicParameters(string path, PSObject propertyValue) => null!;

    public object ClearPropertyDynamicParameters(string path, System.Collections.ObjectModel.Collection<string> propertyToClear) => null!;

    public object NewPropertyDynamicParameters(string path, string propertyName, string? propertyTypeName, object? value) => null!;

    public object RemovePropertyDynamicParameters(string path, string propertyName) => null!;

    public object RenamePropertyDynamicParameters(string path, string sourceProperty, string destinationProperty) => null!;

    public object CopyPropertyDynamicParameters(string sourcePath, string sourceProperty, string destinationPath, string destinationProperty) => null!;

    public object MovePropertyDynamicParameters(string sourcePath, string sourceProperty, string destinationPath, string destinationProperty) => null!;

    /// <summary>Without a type a number becomes a DWORD, as in Windows.</summary>
    private void Write(string path, string name, string? type, object? value)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        var isNumber = type is null ? bare is int or uint or long : type.EndsWith("Word", StringComparison.OrdinalIgnoreCase);
        var text = bare is null ? null : Convert.ToString(bare, CultureInfo.InvariantCulture);
        try
        {
            LabContext.Current.Call("registry.set", new JsonObject { ["name"] = IsKey(path) ? name : $"{string.Join('\\', Parts(path))} {name}", ["value"] = text is not null && isNumber ? $"dword:{text}" : text });
        }
        catch (LabError refusal)
        {
            WriteError(new ErrorRecord(refusal, refusal.Id, refusal.Category, path));
        }
    }

    private static object Read(string value) => value.StartsWith("dword:", StringComparison.Ordinal) ? int.Parse(value[6..], CultureInfo.InvariantCulture) : value;

    private static bool IsKey(string path) => Parts(path).SequenceEqual(known, StringComparer.OrdinalIgnoreCase);

    private static string[] Parts(string path) => path.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries);
}
