using System.Net;

namespace Frat.AspNetCore;

/// <summary>
/// Whom limits are counted for: the address at the other end of the connection, of IPv6 the network (/64) that one household or machine
/// has whole. Headers such as <c>X-Forwarded-For</c> don't count, as anybody can write them: all who come by way of one proxy are one.
/// </summary>
/// <param name="Value">The address in words; null for a call from inside of this process, which has none.</param>
internal readonly record struct RemoteAddress(string? Value)
{
    private const int NetworkBits = 64;

    public static RemoteAddress Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    public static RemoteAddress Of(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return new(address.ToString());
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[(NetworkBits / 8)..].Clear();
        return new($"{new IPAddress(bytes)}/{NetworkBits}");
    }
}
