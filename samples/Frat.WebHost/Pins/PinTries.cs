using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost;

/// <summary>
/// Counts wrong PINs: five in a row, then five minutes. Of a person in the database, for all hosts; of a device in this process. An ID
/// that has no PIN is counted like one that has, so that a lock tells nobody whose ID it is.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PinTries(TimeProvider time)
{
    public const int Free = 5;

    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(5);

    private readonly Attempts<string> _devices = new(new AttemptLimits(Free, _ => Lock, Memory: Lock, MaxKeys: 10_000), time);
    private readonly Attempts<string> _nobody = new(new AttemptLimits(Free, _ => Lock, Memory: Lock, MaxKeys: 10_000), time);

    /// <summary>Begins a try at a device.</summary>
    /// <returns>Until when the device is locked instead; null when it may try.</returns>
    public DateTimeOffset? BeginAt(string device) => Until(_devices.Begin(device));

    /// <summary>Begins a try of an ID that has no PIN.</summary>
    public DateTimeOffset? BeginOfNobody(string employeeId) => Until(_nobody.Begin(employeeId));

    /// <summary>Begins a try of a person.</summary>
    /// <returns>Until when the person is locked instead; null when it may be compared. And whether this was the last free one.</returns>
    public async Task<(DateTimeOffset? LockedUntil, bool IsLast)> BeginOfAsync(HostContext database, Guid person, CancellationToken stop)
    {
        while (await database.Pins.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == person, stop) is { } pin)
        {
            var now = time.GetUtcNow();
            if (pin.LockedUntil > now)
            {
                return (pin.LockedUntil, false);
            }

            // A lock that is over was the end of that count. Where another try was counted since the row was read, it is read again.
            var tries = pin.LockedUntil is null ? pin.FailedTries + 1 : 1;
            var until = tries >= Free ? now + Lock : (DateTimeOffset?)null;
            var counted = await database.Pins
                .Where(row => row.PersonId == person && row.FailedTries == pin.FailedTries && row.LockedUntil == pin.LockedUntil)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(to => to.FailedTries, tries).SetProperty(to => to.LockedUntil, until), stop);
            if (counted == 1)
            {
                return (null, tries >= Free);
            }
        }

        return (null, false);
    }

    /// <summary>Until when there may be no further try; null when there may be one.</summary>
    public DateTimeOffset? LockedAt(string device) => Until(_devices.WaitOf(device));

    /// <inheritdoc cref="LockedAt"/>
    public DateTimeOffset? LockedOfNobody(string employeeId) => Until(_nobody.WaitOf(employeeId));

    /// <summary>Nothing was compared: who stands before a lock doesn't lock the device for the next one.</summary>
    public void TakeBackAt(string device) => _devices.TakeBack(device);

    public void SucceededAt(string device) => _devices.Succeeded(device);

    public static Task ClearAsync(HostContext database, Guid person, CancellationToken stop) =>
        database.Pins.Where(row => row.PersonId == person).ExecuteUpdateAsync(
            row => row.SetProperty(to => to.FailedTries, 0).SetProperty(to => to.LockedUntil, (DateTimeOffset?)null), stop);

    private DateTimeOffset? Until(TimeSpan wait) => wait > TimeSpan.Zero ? time.GetUtcNow() + wait : null;
}
