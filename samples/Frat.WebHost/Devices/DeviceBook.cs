using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost;

/// <summary>Keeps what a device says of itself, and what happened at it.</summary>
internal sealed class DeviceBook(HostContext database, TimeProvider time)
{
    private const long DayMs = 24L * 60 * 60 * 1000;

    /// <summary>Takes a beat. A device that was removed meanwhile stays removed.</summary>
    public Task BeatAsync(Guid deviceId, string? camera, int waiting, string? version, long clockAheadMs, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var ahead = Math.Clamp(clockAheadMs, -DayMs, DayMs);
        return database.Devices.Where(row => row.Id == deviceId && row.RevokedAt == null).ExecuteUpdateAsync(
            row => row.SetProperty(device => device.LastBeatAt, now)
                .SetProperty(device => device.Camera, camera)
                .SetProperty(device => device.Waiting, Math.Clamp(waiting, 0, 100_000))
                .SetProperty(device => device.Version, version)
                .SetProperty(device => device.ClockAheadMs, ahead),
            stop);
    }

    /// <summary>Writes a line, and lets go of those that are too old.</summary>
    public async Task WriteAsync(DeviceEvent line, CancellationToken stop)
    {
        var oldest = time.GetUtcNow() - DeviceEvent.KeptFor;
        await database.DeviceEvents.Where(row => row.At < oldest).ExecuteDeleteAsync(stop);
        database.DeviceEvents.Add(line);
        await database.SaveChangesAsync(stop);
    }

    /// <summary>The latest lines.</summary>
    public async Task<IReadOnlyList<DeviceEvent>> ReadAsync(int most, CancellationToken stop) =>
        await database.DeviceEvents.AsNoTracking().OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Take(most).ToListAsync(stop);
}
