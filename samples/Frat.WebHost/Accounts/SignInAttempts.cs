using System.Net;
using System.Net.Sockets;

namespace Frat.WebHost;

/// <summary>
/// Slows down whoever tries names and passwords from one address: after five failures each further one doubles the wait, from a second to
/// five minutes. An account is locked besides, by Identity; this is against trying many accounts.
/// </summary>
/// <remarks>Thread-safe. It holds at most <see cref="MaxAddresses"/> addresses, and forgets one after a quiet quarter of an hour.</remarks>
internal sealed class SignInAttempts(TimeProvider time)
{
    public const int FreeFailures = 5;
    public const int MaxAddresses = 10_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private readonly Attempts<IPAddress> _addresses = new(
        new AttemptLimits(
            FreeFailures,
            beyond => TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(beyond, 20)))),
            Memory: TimeSpan.FromMinutes(15),
            MaxAddresses),
        time);

    /// <summary>How long an address has to wait before it may try again; zero when it may.</summary>
    public TimeSpan WaitOf(IPAddress? address) => _addresses.WaitOf(NetworkOf(address));

    /// <summary>Begins a try: see <see cref="Attempts{TKey}.Begin"/>.</summary>
    /// <returns>How long the address has to wait instead; zero when it may try.</returns>
    public TimeSpan Begin(IPAddress? address) => _addresses.Begin(NetworkOf(address));

    /// <summary>Forgets the failures of an address from which somebody has signed in.</summary>
    public void Succeeded(IPAddress? address) => _addresses.Succeeded(NetworkOf(address));

    // Of IPv6, whoever has one address has the 64 bits below it.
    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
