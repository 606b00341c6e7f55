// -DeleteKey of Remove-Item, on its way to the Cert: drive: without it the key's file stays (about_Certificate_Provider).
namespace Lab;

public static class DeleteKey
{
    [ThreadStatic] private static bool asked;

    public static bool Asked => asked;

    /// <summary>Removes by <paramref name="remove"/>, the key's file too where <paramref name="wanted"/>.</summary>
    public static void During(bool wanted, Action remove)
    {
        asked = wanted;
        try
        {
            remove();
        }
        finally
        {
            asked = false;
        }
    }
}
