// The environment variables of one simulated computer, and the provider that shows them as Env:.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Provider;

namespace Lab;

public sealed class Variables
{
    private readonly SortedDictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<KeyValuePair<string, string>> All => values;

    public string? this[string name]
    {
        get => values.GetValueOrDefault(name);
        set
        {
            if (string.IsNullOrEmpty(value))
            {
                values.Remove(name);
            }
            else
            {
                values[name] = value;
            }
        }
    }

    public static Variables For(SessionKind kind, string? server) => kind == SessionKind.Workstation ? Workstation() : Computer(server ?? "SERVER");

    /// <summary>The workstation is the host itself, with the names a script for Windows asks for added.</summary>
    private static Variables Workstation()
    {
        var result = new Variables();
        foreach (DictionaryEntry each in Environment.GetEnvironmentVariables())
        {
            result[(string)each.Key] = (string?)each.Value;
        }
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        result["USERPROFILE"] = home;
        result["LOCALAPPDATA"] = Path.Combine(home, ".local", "share");
        result["APPDATA"] = Path.Combine(home, ".config");
        result["TEMP"] = result["TMP"] = Path.GetTempPath().TrimEnd('/');
        return Named(result, "WORKSTATION");
    }

    private static Variables Computer(string server)
    {
        var result = new Variables
        {
            ["ProgramData"] = @"C:\ProgramData",
            ["ALLUSERSPROFILE"] = @"C:\ProgramData",
            ["ProgramFiles"] = @"C:\Program Files",
            ["SystemRoot"] = @"C:\Windows",
            ["windir"] = @"C:\Windows",
            ["SystemDrive"] = "C:",
            ["USERPROFILE"] = @"C:\Users\admin",
            ["LOCALAPPDATA"] = @"C:\Users\admin\AppData\Local",
            ["APPDATA"] = @"C:\Users\admin\AppData\Roaming",
            ["TEMP"] = @"C:\Windows\Temp",
            ["TMP"] = @"C:\Windows\Temp",
            ["Path"] = @"C:\Windows\system32;C:\Windows",
            ["ExchangeInstallPath"] = @"C:\Program Files\Microsoft\Exchange Server\V15\",
        };
        return Named(result, server.ToUpperInvariant());
    }

    private static Variables Named(Variables variables, string computer)
    {
        variables["COMPUTERNAME"] = computer;
        variables["USERNAME"] = "admin";
        variables["USERDOMAIN"] = "CONTOSO";
        variables["OS"] = "Windows_NT";
        variables["PROCESSOR_ARCHITECTURE"] = "AMD64";
        return variables;
    }
}

/// <summary>Env: of the runspace it is asked in, not of this process.</summary>
[CmdletProvider("Environment", ProviderCapabilities.ShouldProcess)]
public sealed class VariablesProvider : ContainerCmdletProvider, IContentCmdletProvider
{
    private static Variables Table => LabContext.Current.Environment;

    protected override System.Collections.ObjectModel.Collection<PSDriveInfo> InitializeDefaultDrives() =>
        [new PSDriveInfo("Env", ProviderInfo, "", "The computer's environment", null)];

    protected override bool IsValidPath(string path) => path.Length > 0;
    protected override bool ItemExists(string path) => path.Length == 0 || Table[path] is not null;
    protected override bool HasChildItems(string path) => path.Length == 0;

    protected override void GetItem(string path)
    {
        if (path.Length == 0)
        {
            GetChildItems(path, false);
        }
        else if (Table[path] is { } value)
        {
            WriteItemObject(new DictionaryEntry(path, value), path, false);
        }
    }

    protected override void SetItem(string path, object value) => Table[path] = value?.ToString();
    protected override void NewItem(string path, string itemTypeName, object newItemValue) => Table[path] = newItemValue?.ToString();
    protected override void RemoveItem(string path, bool recurse) => Table[path] = null;

    protected override void GetChildItems(string path, bool recurse)
    {
        foreach (var (name, value) in Table.All)
        {
            WriteItemObject(new DictionaryEntry(name, value), name, false);
        }
    }

    protected override void GetChildNames(string path, ReturnContainers returnContainers)
    {
        foreach (var (name, _) in Table.All)
        {
            WriteItemObject(name, name, false);
        }
    }

    public IContentReader GetContentReader(string path) => new Reader(Table[path]);
    public object? GetContentReaderDynamicParameters(string path) => null;
    public IContentWriter GetContentWriter(string path) => new Writer(Table, path);
    public object? GetContentWriterDynamicParameters(string path) => null;
    public void ClearContent(string path) => Table[path] = null;
    public object? ClearContentDynamicParameters(string path) => null;

    private sealed class Reader(string? value) : IContentReader
    {
        private bool done = value is null;

        public IList Read(long readCount)
        {
            var result = done ? [] : new ArrayList { value };
            done = true;
            return result;
        }

        public void Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public void Close() { }
        public void Dispose() { }
    }

    private sealed class Writer(Variables table, string name) : IContentWriter
    {
        public IList Write(IList content)
        {
            table[name] = string.Concat(content.Cast<object?>());
            return content;
        }

        public void Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public void Close() { }
        public void Dispose() { }
    }
}
