// Opens the runspaces of the simulation: what is found in each is decided here by its kind.
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace Lab;

public static class Runspaces
{
    /// <summary>A fresh, opened runspace standing where <paramref name="kind"/> says; the caller disposes it.</summary>
    public static Runspace Open(SessionKind kind, string? server, IOrganization organization, PSHost host)
    {
        var state = InitialSessionState.CreateDefault2();
        OrganizationSession.Prepare(state, kind, server, organization);
        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        return runspace;
    }
}
