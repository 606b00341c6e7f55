// Enter- and Exit-PSSession: for a person at the interactive shell, refused everywhere else.
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsCommon.Enter, "PSSession", DefaultParameterSetName = "ComputerName")]
public sealed class EnterPSSession : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ComputerName"), Alias("Cn")] public string ComputerName { get; set; } = "";
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Session", ValueFromPipeline = true)] public LabSession Session { get; set; } = null!;
    [Parameter(Mandatory = true, ParameterSetName = "Id")] public int Id { get; set; }
    [Parameter(ParameterSetName = "ComputerName"), Credential] public PSCredential? Credential { get; set; }
    [Parameter(ParameterSetName = "ComputerName")] public string? ConfigurationName { get; set; }
    [Parameter(ParameterSetName = "ComputerName")] public string? Authentication { get; set; }

    protected override void EndProcessing()
    {
        var near = LabContext.Current;
        if (near.Entry is null || MyInvocation.CommandOrigin != CommandOrigin.Runspace || !string.IsNullOrEmpty(MyInvocation.ScriptName))
        {
            var failure = new InvalidOperationException("The current host does not support the Enter-PSSession cmdlet.");
            ThrowTerminatingError(new ErrorRecord(failure, "HostDoesNotSupportPushRunspace", ErrorCategory.InvalidOperation, null));
        }
        var destination = new Destination(ComputerName, null, ConfigurationName, Authentication, Credential, false, 0);
        try
        {
            near.Entry!.Enter(ParameterSetName switch
            {
                "Session" => Session,
                "Id" => near.Sessions.All.FirstOrDefault(each => each.Id == Id) ?? throw new LabError("PSSessionNotFound", $"The session with ID {Id} does not exist.", ErrorCategory.InvalidArgument),
                _ => destination.Open(near, null),
            });
        }
        catch (LabError refusal)
        {
            WriteError(NewPSSession.Refused(refusal, destination));
        }
    }
}

[Cmdlet(VerbsCommon.Exit, "PSSession")]
public sealed class ExitPSSession : PSCmdlet
{
    protected override void EndProcessing() => LabContext.Current.Entry?.Leave();
}
