// RemoteIPRanges: of the connectors with one binding, the one whose range is the smallest takes the client (RECV).
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace Lab;

public static class AddressRanges
{
    /// <summary>How many addresses the smallest range has that holds the client; null: none does.</summary>
    public static BigInteger? Smallest(IEnumerable<string> ranges, IPAddress client)
    {
        var sizes = ranges.Select(range => Size(range, client)).OfType<BigInteger>().ToList();
        return sizes.Count == 0 ? null : sizes.Min();
    }

    private static BigInteger? Size(string range, IPAddress client)
    {
        var (first, last) = Bounds(range);
        var at = Number(client);
        return first.AddressFamily == client.AddressFamily && Number(first) <= at && at <= Number(last) ? Number(last) - Number(first) + 1 : null;
    }

    /// <summary>`10.0.0.5`, `10.0.0.0/24`, `10.0.0.1-10.0.0.9`.</summary>
    private static (IPAddress First, IPAddress Last) Bounds(string range)
    {
        if (range.Split('-') is [var from, var to])
        {
            return (IPAddress.Parse(from), IPAddress.Parse(to));
        }
        if (range.Split('/') is not [var network, var length])
        {
            return (IPAddress.Parse(range), IPAddress.Parse(range));
        }
        var first = IPAddress.Parse(network);
        var bits = (first.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) - int.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
        var bytes = (Number(first) + BigInteger.Pow(2, bits) - 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        return (first, new IPAddress([.. new byte[first.GetAddressBytes().Length - bytes.Length], .. bytes]));
    }

    private static BigInteger Number(IPAddress address) => new(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);
}
