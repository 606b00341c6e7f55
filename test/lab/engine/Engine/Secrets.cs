// SecureString to text and back.
using System.Net;
using System.Security;

namespace Lab;

public static class Secrets
{
    public static string Reveal(SecureString secret) => new NetworkCredential("", secret).Password;

    public static SecureString Hide(string text)
    {
        var secret = new SecureString();
        foreach (var letter in text)
        {
            secret.AppendChar(letter);
        }
        secret.MakeReadOnly();
        return secret;
    }
}
