using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost;

/// <summary>Adds devices, changes and pairs them, and takes that back; each with a line in the audit trail.</summary>
internal sealed class DeviceAdministration(
    HostContext database, IAuditTrail trail, PairingAttempts attempts, SiteClock clock, TimeProvider time)
{
    private const string Added = "device.added";
    private const string Changed = "device.changed";
    private const string Paired = "device.paired";
    private const string Removed = "device.removed";

    /// <summary>The devices that weren't removed, by name.</summary>
    public async Task<IReadOnlyList<Device>> ListAsync(CancellationToken stop) =>
        await database.Devices.AsNoTracking().Where(row => row.RevokedAt == null)
            .OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(stop);

    public async Task<Device?> FindAsync(Guid id, CancellationToken stop) =>
        await database.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.RevokedAt == null, stop);

    /// <summary>Why a device can't be set like this; null when it can.</summary>
    /// <param name="settings">What it is to be set to.</param>
    /// <param name="id">The device; null of one to come.</param>
    /// <param name="stop">Cancels the call.</param>
    public async Task<string?> WhyNotAsync(DeviceSettings settings, Guid? id, CancellationToken stop) =>
        settings.Name.Length > Device.MaxNameLength || !Actor.IsId(settings.Name) ? "Write the device’s name."
            : settings.Site is { } site && !clock.Sites.Contains(site, StringComparer.OrdinalIgnoreCase) ? "There is no such site."
            : (await ListAsync(stop)).Any(
                device => device.Id != id && string.Equals(device.Name, settings.Name, StringComparison.OrdinalIgnoreCase))
                ? "There is a device of this name."
            : null;

    /// <summary>Adds one, with a code to pair it by.</summary>
    public async Task<(Device Device, string Code)> AddAsync(Actor by, DeviceSettings settings, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var device = new Device
        {
            Name = settings.Name,
            Site = settings.Site,
            Direction = settings.Direction,
            Trigger = settings.Trigger,
            KeepsPictures = settings.KeepsPictures,
            CreatedAt = now,
            CreatedBy = by.Id,
        };
        var code = device.NewCode(now);
        database.Devices.Add(device);
        await database.SaveChangesAsync(stop);
        await WriteAsync(by, Added, old: null, $"{device.Id}: {settings}", stop);
        return (device, code);
    }

    /// <summary>Sets a device anew. Its tablet follows with its next beat; the punches so far keep the name that they have.</summary>
    /// <returns>False when there is no such device.</returns>
    public async Task<bool> ChangeAsync(Actor by, Guid id, DeviceSettings settings, CancellationToken stop)
    {
        if (await FindAsync(id, stop) is not { } device)
        {
            return false;
        }

        var before = DeviceSettings.Of(device);
        if (before != settings)
        {
            // Of the row, only this: the tablet may be paired, or beat, at this moment.
            var rows = await database.Devices.Where(row => row.Id == id && row.RevokedAt == null).ExecuteUpdateAsync(
                row => row.SetProperty(changed => changed.Name, settings.Name)
                    .SetProperty(changed => changed.Site, settings.Site)
                    .SetProperty(changed => changed.Direction, settings.Direction)
                    .SetProperty(changed => changed.Trigger, settings.Trigger)
                    .SetProperty(changed => changed.KeepsPictures, settings.KeepsPictures),
                stop);
            if (rows == 0)
            {
                return false;
            }

            await WriteAsync(by, Changed, $"{id}: {before}", $"{id}: {settings}", stop);
        }

        return true;
    }

    /// <summary>Makes a new code for a device: the tablet that is paired stays so until another one takes its place.</summary>
    /// <returns>Null when there is no such device.</returns>
    public async Task<string?> NewCodeAsync(Guid id, CancellationToken stop)
    {
        if (await TrackAsync(id, stop) is not { } device)
        {
            return null;
        }

        var code = device.NewCode(time.GetUtcNow());
        await database.SaveChangesAsync(stop);
        return code;
    }

    /// <summary>Takes its rights away at once. Its punches stay, with its name.</summary>
    public async Task<bool> RemoveAsync(Actor by, Guid id, CancellationToken stop)
    {
        if (await TrackAsync(id, stop) is not { } device)
        {
            return false;
        }

        device.Revoke(time.GetUtcNow());
        await database.SaveChangesAsync(stop);
        await WriteAsync(by, Removed, $"{id}: {device.Name}", @new: null, stop);
        return true;
    }

    /// <summary>Pairs the tablet that somebody typed a code at.</summary>
    /// <returns>The token that the tablet keeps, or how long it has to wait; neither where the code is none.</returns>
    public async Task<(string? Token, TimeSpan Wait)> PairAsync(string? code, IPAddress? from, CancellationToken stop)
    {
        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit).Take(Device.CodeDigits + 1)]);
        if (digits.Length != Device.CodeDigits)
        {
            return (null, TimeSpan.Zero);
        }

        if (attempts.Begin(from) is { Ticks: > 0 } wait)
        {
            return (null, wait);
        }

        var now = time.GetUtcNow();
        var open = await database.Devices.Where(row => row.CodeUntil > now && row.RevokedAt == null).ToListAsync(stop);
        if (open.Find(row => row.IsPairedBy(digits, now)) is not { } device)
        {
            return (null, TimeSpan.Zero);
        }

        var token = device.Pair(now);
        try
        {
            await database.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return (null, TimeSpan.Zero); // Another tablet was faster with the code.
        }

        attempts.Succeeded(from);
        await WriteAsync(device.ToActor(), Paired, old: null, device.Id.ToString(), stop);
        return (token, TimeSpan.Zero);
    }

    private Task<Device?> TrackAsync(Guid id, CancellationToken stop) =>
        database.Devices.SingleOrDefaultAsync(row => row.Id == id && row.RevokedAt == null, stop);

    private Task<AuditEntry> WriteAsync(Actor by, string action, string? old, string? @new, CancellationToken stop) => trail.AppendAsync(
        new AuditEvent { Action = action, Old = old, New = @new, Note = new AuditNote { By = by } }, stop);
}
