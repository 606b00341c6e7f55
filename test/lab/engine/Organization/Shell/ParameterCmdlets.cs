// What the modules ask of the table about a command's parameters: those a build still has, and those the lab only knows by name.
using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Lab;

/// <summary>The dynamic parameters of a command: those a cumulative update took away, where this server's build is older.</summary>
[Cmdlet(VerbsCommon.Get, "LabOldParameter")]
public sealed class GetLabOldParameter : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string Command { get; set; } = "";

    protected override void EndProcessing()
    {
        var build = LabContext.Current.Build;
        var found = new RuntimeDefinedParameterDictionary();
        foreach (var row in Table.OldParameters(Command).Where(row => build is not null && Builds.IsOlder(build, row.Until)))
        {
            var attribute = new ParameterAttribute { Mandatory = row.Required };
            if (row.Set is not null)
            {
                attribute.ParameterSetName = row.Set;
            }
            found.Add(row.Name, new RuntimeDefinedParameter(row.Name, typeof(string), new Collection<Attribute> { attribute }));
        }
        WriteObject(found);
    }
}

/// <summary>Refuses what Microsoft documents and the lab knows by name only: it must not pass in silence.</summary>
[Cmdlet("Assert", "LabParameter")]
public sealed class AssertLabParameter : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string Command { get; set; } = "";
    [Parameter(Mandatory = true, Position = 1)] public IDictionary Bound { get; set; } = new Hashtable();

    protected override void EndProcessing()
    {
        try
        {
            Table.CheckSimulated(Command, Bound.Keys.Cast<string>());
        }
        catch (LabError refusal)
        {
            ThrowTerminatingError(new ErrorRecord(refusal, refusal.Id, refusal.Category, null));
        }
    }
}
