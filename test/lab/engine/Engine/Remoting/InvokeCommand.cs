// Invoke-Command: here, in sessions, or on computers by sessions made for the one call.
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsLifecycle.Invoke, "Command", DefaultParameterSetName = "InProcess")]
public sealed class InvokeCommandCmdlet : PSCmdlet
{
    private readonly List<object?> input = [];
    private readonly List<LabSession> own = [];
    private FarCalls? calls;

    [Parameter(Position = 0, ParameterSetName = "Session")]
    [Parameter(Position = 0, ParameterSetName = "SessionFile")]
    public LabSession[] Session { get; set; } = [];

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Computer"), Alias("Cn")] public string[] ComputerName { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "Session")]
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "Computer")]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "InProcess"), Alias("Command")]
    public ScriptBlock ScriptBlock { get; set; } = ScriptBlock.Create("");

    [Parameter(Mandatory = true, ParameterSetName = "SessionFile"), Alias("PSPath")] public string FilePath { get; set; } = "";
    [Parameter, Alias("Args")] public object?[] ArgumentList { get; set; } = [];
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(ParameterSetName = "Session"), Parameter(ParameterSetName = "SessionFile"), Parameter(ParameterSetName = "Computer")] public int ThrottleLimit { get; set; } = 32;
    [Parameter(ParameterSetName = "Session"), Parameter(ParameterSetName = "SessionFile"), Parameter(ParameterSetName = "Computer"), Alias("HCN")] public SwitchParameter HideComputerName { get; set; }
    [Parameter(ParameterSetName = "Computer"), Credential] public PSCredential? Credential { get; set; }
    [Parameter(ParameterSetName = "Computer")] public string? ConfigurationName { get; set; }
    [Parameter(ParameterSetName = "Computer")] public string? Authentication { get; set; }
    [Parameter(ParameterSetName = "Computer")] public SwitchParameter UseSSL { get; set; }
    [Parameter(ParameterSetName = "Computer")] public int Port { get; set; }
    [Parameter(ParameterSetName = "InProcess")] public SwitchParameter NoNewScope { get; set; }

    protected override void ProcessRecord()
    {
        if (MyInvocation.ExpectingInput || InputObject is not null)
        {
            input.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "InProcess")
        {
            WriteObject(InvokeCommand.InvokeScript(!NoNewScope, ScriptBlock, input, ArgumentList), enumerateCollection: true);
            return;
        }
        var near = LabContext.Current;
        var script = ParameterSetName == "SessionFile" ? ScriptBlock.Create(File.ReadAllText(GetUnresolvedProviderPathFromPSPath(FilePath))) : ScriptBlock;
        try
        {
            var work = (ParameterSetName == "Computer" ? [.. OpenOwn(near)] : Session).Select(session => Call(session, script)).OfType<FarCall>().ToList();
            calls = new FarCalls(work, ThrottleLimit > 0 ? ThrottleLimit : 32, near.Kill);
            calls.Run(this);
        }
        finally
        {
            own.ForEach(near.Sessions.Remove);
        }
    }

    protected override void StopProcessing() => calls?.Stop();

    private FarCall? Call(LabSession session, ScriptBlock script)
    {
        try
        {
            return new FarCall(session, FarText.Command(script, ArgumentList, session, SessionState), [.. input.Select(Wire.Pass)], !HideComputerName);
        }
        catch (RemoteRefusal refusal)
        {
            WriteError(refusal.Record);
            return null;
        }
    }

    private List<LabSession> OpenOwn(LabContext near)
    {
        foreach (var name in ComputerName)
        {
            var destination = new Destination(name, null, ConfigurationName, Authentication, Credential, UseSSL, Port);
            try
            {
                own.Add(destination.Open(near, null));
            }
            catch (LabError refusal)
            {
                WriteError(NewPSSession.Refused(refusal, destination));
            }
        }
        return own;
    }
}
