// What the organization puts into a runspace before it opens: result cmdlets, and on a server its Cert: and IIS: drives.
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Lab;

public static class OrganizationSession
{
    private static readonly string[] shapes =
        ["ExchangeServer", "ExchangeCertificate", "SendConnector", "ReceiveConnector", "TransportService", "PopSettings", "ImapSettings", "Queue", "Service", "WinEvent"];

    public static void Prepare(InitialSessionState state, SessionKind kind)
    {
        if (kind is SessionKind.Workstation)
        {
            return;
        }
        state.Commands.Add(new SessionStateCmdletEntry("ConvertTo-LabResult", typeof(ConvertToLabResult), null));
        state.Commands.Add(new SessionStateCmdletEntry("Get-LabOldParameter", typeof(GetLabOldParameter), null) { Visibility = SessionStateEntryVisibility.Private });
        state.Commands.Add(new SessionStateCmdletEntry("Assert-LabParameter", typeof(AssertLabParameter), null) { Visibility = SessionStateEntryVisibility.Private });
        foreach (var shape in shapes)
        {
            var type = new TypeData(Table.ShapeType(shape)) { DefaultDisplayPropertySet = new PropertySetData(Table.ShapeDisplay(shape)) };
            state.Types.Add(new SessionStateTypeEntry(type, isRemove: false));
        }
        if (kind is SessionKind.ExchangeEndpoint)
        {
            return;
        }
        state.Commands.Add(new SessionStateCmdletEntry("ConvertTo-LabCertificate", typeof(ConvertToLabCertificate), null));
        state.Commands.Add(new SessionStateCmdletEntry("ConvertTo-LabAcl", typeof(ConvertToLabAcl), null));
        state.Providers.Add(new SessionStateProviderEntry("Certificate", typeof(CertProvider), null));
        state.Providers.Add(new SessionStateProviderEntry("WebAdministration", typeof(IisProvider), null));
        state.Providers.Add(new SessionStateProviderEntry("Registry", typeof(RegistryProvider), null));
    }

    /// <summary>Where Exchange's cmdlets are, one that the lab knows by name only must not look as if Exchange had none of that name.</summary>
    public static void RefuseByName(object? sender, CommandLookupEventArgs sought)
    {
        if (LabContext.Current.Kind is SessionKind.ManagementShell or SessionKind.ExchangeEndpoint && Table.IsByName(sought.CommandName))
        {
            sought.CommandScriptBlock = ScriptBlock.Create($"Invoke-Lab 'refuse' @{{ id = 'Lab.CmdletNotSimulated'; values = @('{sought.CommandName}') }}");
        }
    }
}
