// The execution policy of one process of the simulation, by scope, as Get-ExecutionPolicy -List shows it.
namespace Lab;

public sealed class ExecutionPolicies
{
    /// <summary>In the order of precedence.</summary>
    public static readonly string[] Scopes = ["MachinePolicy", "UserPolicy", "Process", "CurrentUser", "LocalMachine"];

    private readonly Dictionary<string, string> set = new(StringComparer.OrdinalIgnoreCase) { ["Process"] = "RemoteSigned" };

    public string this[string scope]
    {
        get => set.GetValueOrDefault(scope, "Undefined");
        set => set[scope] = value;
    }

    /// <summary>A Windows client where nothing is set is Restricted.</summary>
    public string Effective => Scopes.Select(scope => this[scope]).FirstOrDefault(policy => policy != "Undefined") ?? "Restricted";
}
