// What the facts leave open, as switches of the lab with the default said here and in the table (kind "setting").
namespace Lab;

public sealed class LabSettings
{
    /// <summary>The provider Import-ExchangeCertificate gives to a key whose file names none (unsourced): csp or cng.</summary>
    public string ImportExchangeProvider { get; set; } = "csp";

    /// <summary>The provider Import-PfxCertificate gives to a key whose file names none (PFXIMP, PKI-295): cng or csp.</summary>
    public string ImportPfxProvider { get; set; } = "cng";

    /// <summary>Whether Thumbprint survives the bare endpoint's deserialisation (CSS-CONV says it may be null).</summary>
    public bool EndpointThumbprint { get; set; } = true;

    /// <summary>The bare endpoint's own server where -Server is missing, by the server asked for (RPS-ROUTE).</summary>
    public Dictionary<string, string> Routing { get; set; } = [];

    /// <summary>Sessions one server keeps open at a time; 0: no limit.</summary>
    public int SessionLimit { get; set; } = 18;

    /// <summary>Cmdlets the caller's role groups lack.</summary>
    public List<string> DeniedCmdlets { get; set; } = [];
}
