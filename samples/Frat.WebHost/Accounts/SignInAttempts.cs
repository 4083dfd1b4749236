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
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);
    private readonly Dictionary<IPAddress, (int Failures, DateTimeOffset Last)> _addresses = [];
    private readonly Lock _lock = new();

    /// <summary>How long an address has to wait before it may try again; zero when it may.</summary>
    public TimeSpan WaitOf(IPAddress? address)
    {
        lock (_lock)
        {
            return Left(NetworkOf(address));
        }
    }

    /// <summary>
    /// Begins a try, which counts as a failure until <see cref="Succeeded"/>: who sends a thousand at once doesn't get in before the first
    /// has failed.
    /// </summary>
    /// <returns>How long the address has to wait instead; zero when it may try.</returns>
    public TimeSpan Begin(IPAddress? address)
    {
        var (network, now) = (NetworkOf(address), time.GetUtcNow());
        lock (_lock)
        {
            if (Left(network) is { Ticks: > 0 } left)
            {
                return left;
            }

            if (_addresses.Count >= MaxAddresses)
            {
                Forget(now);
            }

            var failures = _addresses.TryGetValue(network, out var entry) && now - entry.Last < Memory ? entry.Failures : 0;
            _addresses[network] = (failures + 1, now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Forgets the failures of an address from which somebody has signed in.</summary>
    public void Succeeded(IPAddress? address)
    {
        lock (_lock)
        {
            _addresses.Remove(NetworkOf(address));
        }
    }

    private TimeSpan Left(IPAddress network)
    {
        if (!_addresses.TryGetValue(network, out var entry) || entry.Failures < FreeFailures)
        {
            return TimeSpan.Zero;
        }

        var seconds = Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(entry.Failures - FreeFailures, 20)));
        var left = entry.Last + TimeSpan.FromSeconds(seconds) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var old in _addresses.Where(entry => now - entry.Value.Last >= Memory).Select(entry => entry.Key).ToList())
        {
            _addresses.Remove(old);
        }

        if (_addresses.Count >= MaxAddresses)
        {
            foreach (var (oldest, _) in _addresses.OrderBy(entry => entry.Value.Last).Take(MaxAddresses / 10).ToList())
            {
                _addresses.Remove(oldest);
            }
        }
    }

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
