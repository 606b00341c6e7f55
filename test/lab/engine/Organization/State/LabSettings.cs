// What the facts leave open, as switches of the lab with the default said here and in the table (kind "setting").
namespace Lab;

public sealed class LabSettings
{
    /// <summary>The provider Import-ExchangeCertificate gives to a key whose file names none (unsourced): csp or cng.</summary>
    public string ImportExchangeProvider { get; set; } = "csp";

    /// <summary>The provider Import-PfxCertificate gives to a key whose file names none (PFXIMP, PKI-295): cng or csp.</summary>
    public string ImportPfxProvider { get; set; } = "cng";

    /// <summary>Whether serialised data is signed: then an ended or missing OAuth certificate leaves Get-ExchangeCertificate nothing to tell but RawData (CSS-1448).</summary>
    public bool SerializedDataSigning { get; set; }

    /// <summary>What Enable-ExchangeCertificate does for IIS with the bindings of the front end beside the first: `moves` or `leaves` those without a name (unsourced).</summary>
    public string SecondBinding { get; set; } = "moves";

    /// <summary>Whether Enable-ExchangeCertificate for POP or IMAP writes the certificate's name into X509CertificateName (KB948896).</summary>
    public bool EnableSetsName { get; set; } = true;

    /// <summary>The bare endpoint's own server where -Server is missing, by the server asked for (RPS-ROUTE).</summary>
    public Dictionary<string, string> Routing { get; set; } = [];

    /// <summary>Sessions one server keeps open at a time; 0: no limit.</summary>
    public int SessionLimit { get; set; } = 18;

    /// <summary>The caller's role groups; none named: all rights.</summary>
    public List<string> RoleGroups { get; set; } = [];

    /// <summary>Accounts that may open sessions, with their passwords; none named: any. The caller is CONTOSO\admin.</summary>
    public Dictionary<string, string> Accounts { get; set; } = [];

    /// <summary>Culture and language of every computer that has none of its own; null: English.</summary>
    public string? Culture { get; set; }

    /// <summary>Whether NotBefore and NotAfter come as text in the server's culture (CSS-CERT).</summary>
    public bool DatesAsText { get; set; }

    /// <summary>The workstation's execution policies by scope, over what its shell was started with.</summary>
    public Dictionary<string, string> ExecutionPolicy { get; set; } = [];

    /// <summary>FullLanguage or ConstrainedLanguage: the workstation's, as application control sets it.</summary>
    public string LanguageMode { get; set; } = "FullLanguage";

    /// <summary>Minutes a server's clock may be wrong before Kerberos refuses; 0: any.</summary>
    public double KerberosSkewMinutes { get; set; } = 5;

    /// <summary>Cmdlets the caller's role groups lack.</summary>
    public List<string> DeniedCmdlets { get; set; } = [];
}
