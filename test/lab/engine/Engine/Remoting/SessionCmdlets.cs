// New-, Get- and Remove-PSSession over the simulated remoting.
using System.Management.Automation;
using System.Management.Automation.Remoting;

namespace Lab;

[Cmdlet(VerbsCommon.New, "PSSession", DefaultParameterSetName = "ComputerName")]
public sealed class NewPSSession : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "ComputerName", ValueFromPipeline = true), Alias("Cn")] public string[] ComputerName { get; set; } = ["localhost"];
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Uri"), Alias("URI", "CU")] public Uri[] ConnectionUri { get; set; } = [];
    [Parameter] public string? ConfigurationName { get; set; }
    [Parameter] public string? Authentication { get; set; }
    [Parameter, Credential] public PSCredential? Credential { get; set; }
    [Parameter] public string[] Name { get; set; } = [];
    [Parameter(ParameterSetName = "ComputerName")] public SwitchParameter UseSSL { get; set; }
    [Parameter(ParameterSetName = "ComputerName")] public int Port { get; set; }
    [Parameter(ParameterSetName = "Uri")] public SwitchParameter AllowRedirection { get; set; }
    [Parameter] public PSSessionOption? SessionOption { get; set; }
    [Parameter] public int ThrottleLimit { get; set; } = 32;

    protected override void ProcessRecord()
    {
        Destination[] destinations = ParameterSetName == "Uri"
            ? [.. ConnectionUri.Select(uri => new Destination(null, uri, ConfigurationName, Authentication, Credential, uri.Scheme == "https", uri.Port))]
            : [.. ComputerName.Select(name => new Destination(name, null, ConfigurationName, Authentication, Credential, UseSSL, Port))];
        for (var index = 0; index < destinations.Length; index++)
        {
            try
            {
                WriteObject(destinations[index].Open(LabContext.Current, Name.ElementAtOrDefault(index)).Shown);
            }
            catch (LabError refusal)
            {
                WriteError(Refused(refusal, destinations[index]));
            }
        }
    }

    internal static ErrorRecord Refused(LabError refusal, Destination to)
    {
        var where = to.ConnectionUri?.Host ?? to.ComputerName;
        var failure = new PSRemotingTransportException($"[{where}] {refusal.Message}", refusal) { ErrorCode = Code(refusal.Id) };
        return new ErrorRecord(failure, refusal.Id, refusal.Category, to.ConnectionUri?.ToString() ?? to.ComputerName);
    }

    /// <summary>What Windows calls it in any language: WinError.h, and for WinRM's quota hashicorp/vagrant#7489.</summary>
    private static int Code(string id) => id switch
    {
        "Session.AccessDenied" or "Session.SecondHop" => 5,
        "Session.LogonFailure" => 1326,
        "Session.Limit" => unchecked((int)0x803381A5),
        _ => 0,
    };
}

[Cmdlet(VerbsCommon.Get, "PSSession", DefaultParameterSetName = "Name")]
public sealed class GetPSSession : PSCmdlet
{
    [Parameter(ParameterSetName = "Name")] public string[]? Name { get; set; }
    [Parameter(ParameterSetName = "Id", Position = 0)] public int[]? Id { get; set; }
    [Parameter(ParameterSetName = "InstanceId")] public Guid[]? InstanceId { get; set; }
    [Parameter(ParameterSetName = "ComputerName"), Alias("Cn")] public string[]? ComputerName { get; set; }

    protected override void EndProcessing() =>
        WriteObject(LabContext.Current.Sessions.All.Where(Chosen).Select(each => each.Shown), enumerateCollection: true);

    private bool Chosen(LabSession session) =>
        (Name is null || Name.Any(each => new WildcardPattern(each, WildcardOptions.IgnoreCase).IsMatch(session.Name)))
        && (Id is null || Id.Contains(session.Id)) && (InstanceId is null || InstanceId.Contains(session.InstanceId))
        && (ComputerName is null || ComputerName.Contains(session.ComputerName, StringComparer.OrdinalIgnoreCase));
}

[Cmdlet(VerbsCommon.Remove, "PSSession", DefaultParameterSetName = "Id", SupportsShouldProcess = true)]
public sealed class RemovePSSession : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Session", ValueFromPipeline = true)] public LabSession[] Session { get; set; } = [];
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Id")] public int[] Id { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "Name")] public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        var table = LabContext.Current.Sessions;
        var chosen = ParameterSetName switch
        {
            "Session" => Session,
            "Id" => [.. table.All.Where(each => Id.Contains(each.Id))],
            _ => table.All.Where(each => Name.Contains(each.Name, StringComparer.OrdinalIgnoreCase)).ToArray(),
        };
        foreach (var session in chosen)
        {
            if (ShouldProcess(session.Name, "Remove"))
            {
                table.Remove(session);
            }
        }
    }
}
