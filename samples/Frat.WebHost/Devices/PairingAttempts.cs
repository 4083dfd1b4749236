using System.Net;

namespace Frat.WebHost;

/// <summary>
/// Bounds how many codes anybody can try: by address as for signing in, and all together, since a code has a million values only. With
/// <see cref="MostInAll"/> tries while a code holds, one in 10 000 codes is found by trying.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PairingAttempts(TimeProvider time)
{
    public const int MostInAll = 100;

    private readonly SignInAttempts _byAddress = new(time);
    private readonly Queue<DateTimeOffset> _all = [];
    private readonly Lock _lock = new();

    /// <summary>Begins a try.</summary>
    /// <returns>How long to wait instead; zero when it may be tried.</returns>
    public TimeSpan Begin(IPAddress? address)
    {
        if (_byAddress.Begin(address) is { Ticks: > 0 } wait)
        {
            return wait;
        }

        var now = time.GetUtcNow();
        lock (_lock)
        {
            while (_all.TryPeek(out var oldest) && now - oldest >= Device.CodeLifetime)
            {
                _all.Dequeue();
            }

            if (_all.Count >= MostInAll)
            {
                return _all.Peek() + Device.CodeLifetime - now;
            }

            _all.Enqueue(now);
            return TimeSpan.Zero;
        }
    }

    public void Succeeded(IPAddress? address) => _byAddress.Succeeded(address);
}
