using System.Collections.Concurrent;

namespace Frat.WebHost;

/// <summary>The visits at all kiosks of this host. Where several hosts serve one site, a kiosk stays with one of them.</summary>
/// <remarks>
/// Thread-safe. Of tablets that aren't paired, on a host that is open, at most <see cref="MaxUnpaired"/> are told apart: each keeps up to
/// three frames in memory.
/// </remarks>
internal sealed class KioskVisits
{
    public const int MaxUnpaired = 32;
    public const int MaxPageLength = 40;

    private readonly ConcurrentDictionary<(Guid Device, string Page), KioskVisit> _visits = new();
    private readonly ConcurrentQueue<string> _unpaired = new();

    /// <summary>The visit at a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="page">What tells two open pages of no device apart.</param>
    public KioskVisit Of(Device device, string? page)
    {
        if (device.Id != Guid.Empty)
        {
            return _visits.GetOrAdd((device.Id, ""), _ => new KioskVisit());
        }

        var name = page is { Length: <= MaxPageLength } ? page : "";
        return _visits.GetOrAdd((Guid.Empty, name), key =>
        {
            _unpaired.Enqueue(key.Page);
            if (_unpaired.Count > MaxUnpaired && _unpaired.TryDequeue(out var oldest))
            {
                _visits.TryRemove((Guid.Empty, oldest), out _);
            }

            return new KioskVisit();
        });
    }
}
