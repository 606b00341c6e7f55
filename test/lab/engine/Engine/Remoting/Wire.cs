// Carries values and errors over a session: the engine's own serializer both ways, so what arrives is what would arrive.
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;

namespace Lab;

public static class Wire
{
    private static readonly MethodInfo ToObject = typeof(ErrorRecord).GetMethod("ToPSObjectForRemoting", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(PSObject)])!;
    private static readonly MethodInfo FromObject = typeof(ErrorRecord).GetMethod("FromPSObjectForRemoting", BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Exchange's objects travel with the objects in them, as its own file of types says; of others the properties' texts arrive.</summary>
    public static string Send(object? value) => PSSerializer.Serialize(value, IsOfExchange(value) ? 2 : 1);

    private static bool IsOfExchange(object? value) =>
        value is PSObject { TypeNames: [var type, ..] } && type.StartsWith("Microsoft.Exchange.", StringComparison.Ordinal);

    public static object? Receive(string text) => PSSerializer.Deserialize(text);

    /// <summary>What the far side gets when this side passes the value.</summary>
    public static object? Pass(object? value) => value is null ? null : Receive(Send(value));

    public static string SendError(ErrorRecord error)
    {
        var carrier = new PSObject();
        ToObject.Invoke(error, [carrier]);
        return Send(carrier);
    }

    public static ErrorRecord ReceiveError(string text, LabSession from)
    {
        var error = (ErrorRecord)FromObject.Invoke(null, [PSObject.AsPSObject(Receive(text))])!;
        return new RemotingErrorRecord(error, new OriginInfo(from.ComputerName, from.InstanceId));
    }

    /// <summary>A result with the notes remoting adds; a result of none stays none.</summary>
    public static object? ReceiveResult(string text, LabSession from, bool showComputer)
    {
        if (Receive(text) is not { } value)
        {
            return null;
        }
        var result = PSObject.AsPSObject(value);
        if (result.BaseObject is X509Certificate2 certificate)
        {
            // this side is Windows too, where crypt32 prints names
            Note(result, "Subject", WindowsNames.Subject(certificate));
            Note(result, "Issuer", WindowsNames.Issuer(certificate));
        }
        Note(result, "PSComputerName", from.ComputerName);
        Note(result, "RunspaceId", from.InstanceId);
        Note(result, "PSShowComputerName", showComputer);
        return result;
    }

    private static void Note(PSObject result, string name, object value)
    {
        result.Properties.Remove(name);
        result.Properties.Add(new PSNoteProperty(name, value));
    }
}
