// Invoke-Lab: the one way from a simulated cmdlet's PowerShell text to the organization's rules.
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace Lab;

[Cmdlet(VerbsLifecycle.Invoke, "Lab")]
public sealed class InvokeLab : PSCmdlet
{
    [Parameter(Mandatory = true)] public string Operation { get; set; } = "";
    [Parameter] public System.Collections.IDictionary Arguments { get; set; } = new System.Collections.Hashtable();

    protected override void EndProcessing() => throw new NotSupportedException("not there yet");
}
