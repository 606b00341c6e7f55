// Invoke-Lab: the one way from a simulated cmdlet's PowerShell text to the organization's rules.
using System.Collections;
using System.Management.Automation;

namespace Lab;

/// <summary>Calls an operation; a list is written item by item; a refusal terminates with its own id and category.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Lab")]
public sealed class InvokeLab : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string Operation { get; set; } = "";
    [Parameter(Position = 1)] public IDictionary Arguments { get; set; } = new Hashtable();

    protected override void EndProcessing()
    {
        try
        {
            WriteObject(LabJson.To(LabContext.Current.Call(Operation, LabJson.FromDictionary(Arguments))), enumerateCollection: true);
        }
        catch (LabError refusal)
        {
            ThrowTerminatingError(new ErrorRecord(refusal, refusal.Id, refusal.Category, null));
        }
    }
}
