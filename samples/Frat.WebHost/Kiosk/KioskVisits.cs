namespace Frat.WebHost;

/// <summary>The visits at all kiosks of this host. Where several hosts serve one site, a kiosk stays with one of them.</summary>
/// <remarks>
/// Thread-safe. A visit keeps up to three frames in memory, until a few seconds after the face was seen last, whether the kiosk goes on or
/// not. Of tablets that aren't paired, on a host that is open, at most <see cref="MaxUnpaired"/> are told apart, and looked at at once.
/// </remarks>
internal sealed class KioskVisits : IDisposable
{
    public const int MaxUnpaired = 32;
    public const int MaxPageLength = 40;

    public static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Device, string Page), KioskVisit> _visits = [];
    private readonly Queue<string> _unpaired = [];
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public KioskVisits(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
    }

    /// <summary>The moment, by a clock that nobody sets.</summary>
    public TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>The visit at a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="page">What tells two open pages of no device apart.</param>
    /// <returns>Null where too many pages of no device are looked at just now.</returns>
    public KioskVisit? Of(Device device, string? page)
    {
        var isPaired = device.Id != Guid.Empty;
        var name = isPaired || page is not { Length: <= MaxPageLength } ? "" : page;
        lock (_lock)
        {
            if (_visits.TryGetValue((device.Id, name), out var there))
            {
                return there;
            }

            if (!isPaired)
            {
                if (_unpaired.Count == MaxUnpaired)
                {
                    if (_visits[(Guid.Empty, _unpaired.Peek())].IsBusy)
                    {
                        return null;
                    }

                    _visits.Remove((Guid.Empty, _unpaired.Dequeue()));
                }

                _unpaired.Enqueue(name);
            }

            return _visits[(device.Id, name)] = new KioskVisit();
        }
    }

    public void Dispose() => _sweep.Dispose();

    // A kiosk that was switched off in the middle of a visit sends no further frame by which that would end.
    private void Sweep()
    {
        List<KioskVisit> visits;
        lock (_lock)
        {
            visits = [.. _visits.Values];
        }

        foreach (var visit in visits.Where(visit => visit.Turn.Wait(0)))
        {
            visit.Begin(Now);
            visit.Turn.Release();
        }
    }
}
