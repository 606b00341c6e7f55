// The objects that Exchange tells where a text might be expected: none is equal to its text, each prints it.
namespace Lab
{
    /// <summary>What all of them share: they are made of their text and print it.</summary>
    public abstract class TellsText(string text)
    {
        public override string ToString() => text;
    }
}

namespace Microsoft.Exchange.Data
{
    using Lab;

    /// <summary>The name of a certificate: issuer and subject.</summary>
    public sealed class SmtpX509Identifier(string text) : TellsText(text);

    public sealed class Fqdn(string text) : TellsText(text);

    public sealed class IPBinding(string text) : TellsText(text);

    public sealed class IPRange(string text) : TellsText(text);

    public sealed class AddressSpace(string text) : TellsText(text);

    public sealed class SmartHost(string text) : TellsText(text);

    public sealed class SmtpDomain(string text) : TellsText(text);

    public sealed class AutoDiscoverSmtpDomain(string text) : TellsText(text);

    public sealed class SmtpReceiveDomainCapabilities(string text) : TellsText(text);

    public sealed class CustomNetworkAddress(string text) : TellsText(text);

    public sealed class ExchangeObjectVersion(string text) : TellsText(text);

    /// <summary>`Version 15.2 (Build 1748.10)`.</summary>
    public sealed class ServerVersion(string text) : TellsText(text)
    {
        private readonly int[] numbers = System.Text.RegularExpressions.Regex.Matches(text, "\\d+").Select(each => int.Parse(each.Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        public int Major => numbers.ElementAtOrDefault(0);

        public int Minor => numbers.ElementAtOrDefault(1);

        public int Build => numbers.ElementAtOrDefault(2);

        public int Revision => numbers.ElementAtOrDefault(3);

        public string? FilePatchLevelDescription => null;
    }
}

namespace Microsoft.Exchange.Data.Directory
{
    using Lab;

    /// <summary>An object of Active Directory; of a server and a connector it prints the bare name.</summary>
    public sealed class ADObjectId(string text) : TellsText(text);

    public sealed class OrganizationId(string text) : TellsText(text);
}

namespace Microsoft.Exchange.Data.QueueViewer
{
    using Lab;

    /// <summary>`SERVER1\3`.</summary>
    public sealed class QueueIdentity(string text) : TellsText(text);
}

namespace Lab
{
    public sealed class HybridFeature(string text) : TellsText(text);

    /// <summary>What carries the properties of a result: it prints its identity, as every recorded object prints something.</summary>
    public sealed class ToldObject(string text) : TellsText(text);
}
