// Where an object is kept in Active Directory, as Exchange tells it: the organization's real name is in every one.
using System.Security.Cryptography;
using System.Text;

namespace Lab;

public static class DirectoryNames
{
    public const string Group = "Exchange Administrative Group (FYDIBOHF23SPDLT)";

    /// <summary>`CN=name,CN=…,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=…`.</summary>
    public static string Of(Organization organization, string name, params string[] above) =>
        string.Join(',', above.Prepend(name).Append(organization.State.Name).Select(each => $"CN={Escaped(each)}"))
        + ",CN=Microsoft Exchange,CN=Services,CN=Configuration," + string.Join(',', organization.State.Domain.Split('.').Select(part => $"DC={part}"));

    public static string OfServer(Organization organization, ServerState server) => Of(organization, server.Name, "Servers", Group, "Administrative Groups");

    public static string? Origin(Organization organization, Request request) => request.Text("DomainController") ?? organization.State.DomainControllers.FirstOrDefault();

    public static string Guid(string name) => new System.Guid(MD5.HashData(Encoding.UTF8.GetBytes(name))).ToString();

    /// <summary>As RFC 4514 writes a value.</summary>
    public static string Escaped(string name)
    {
        var escaped = new StringBuilder();
        foreach (var letter in name)
        {
            escaped.Append(letter is ',' or '+' or '"' or '\\' or '<' or '>' or ';' ? $"\\{letter}" : letter.ToString());
        }
        return escaped.ToString();
    }
}
