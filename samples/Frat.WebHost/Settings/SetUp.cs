namespace Frat.WebHost;

/// <summary>
/// Reads and changes what the set-up asks for: what a look means, and the default schedule. From today on: no past day changes.
/// </summary>
/// <remarks>Thread-safe; one instance serves the process. The database failing is a <see cref="StoreException"/>.</remarks>
internal sealed class SetUp(SettingStore settings, IScheduleStore schedules, SiteClock clock)
{
    /// <summary>What holds now.</summary>
    /// <returns>The settings, and the default schedule; null where there is none.</returns>
    public async Task<(HostSettings Settings, Schedule? Default)> ReadAsync(CancellationToken cancellationToken = default) =>
        (await settings.ReadAsync(cancellationToken), (await DefaultAsync(clock.Today, cancellationToken)).Schedule);

    /// <summary>Saves it.</summary>
    /// <param name="mode">What a second look means.</param>
    /// <param name="hours">The default schedule; null for none.</param>
    /// <param name="note">Who decides.</param>
    /// <param name="cancellationToken">Cancels the call; what it has done by then stays done.</param>
    public async Task SaveAsync(AttendanceMode mode, StandardHours? hours, AuditNote note, CancellationToken cancellationToken = default)
    {
        var (today, zone) = (clock.Today, clock.Zone.Id);
        var (now, holdsSinceToday, changesLater) = await DefaultAsync(today, cancellationToken);
        if (hours is null)
        {
            if (now is not null || changesLater)
            {
                await schedules.SetDefaultScheduleAsync(null, today, note, cancellationToken);
            }
        }
        else if (now is null || changesLater || !hours.AreOf(now) || now.TimeZone != zone)
        {
            var names = (await schedules.ListSchedulesAsync(cancellationToken)).Select(schedule => schedule.Name).ToHashSet();
            var schedule = hours.ToSchedule(now, NameOf(today, names), zone);
            await schedules.SaveScheduleAsync(schedule, note, cancellationToken);
            await schedules.SetDefaultScheduleAsync(schedule.Id, today, note, cancellationToken);
            if (now is not null && holdsSinceToday)
            {
                await DropAsync(now.Id, note, cancellationToken);
            }
        }

        await settings.SetModeAsync(mode, note, cancellationToken);
    }

    private static string NameOf(DateOnly today, HashSet<string> taken)
    {
        var name = FormattableString.Invariant($"Standard hours from {today:yyyy-MM-dd}");
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? name : FormattableString.Invariant($"{name} ({number})"))
            .First(one => !taken.Contains(one));
    }

    /// <summary>Which schedule is the default on a date, whether it is so since that date only, and whether another one follows.</summary>
    private async Task<(Schedule? Schedule, bool SinceThen, bool ChangesLater)> DefaultAsync(DateOnly date, CancellationToken stop)
    {
        var defaults = await schedules.ListDefaultSchedulesAsync(stop);
        var held = defaults.Where(other => other.From <= date).MaxBy(other => other.From);
        var schedule = held?.ScheduleId is { } id
            ? (await schedules.ListSchedulesAsync(stop)).FirstOrDefault(other => other.Id == id)
            : null;
        return (schedule, held?.From == date, defaults.Any(other => other.From > date));
    }

    // It never held for a day that is over; where somebody else uses it, it stays.
    private async Task DropAsync(Guid schedule, AuditNote note, CancellationToken stop)
    {
        try
        {
            await schedules.DeleteScheduleAsync(schedule, note, stop);
        }
        catch (ScheduleConflictException)
        {
            // It is assigned to people, or was the default before.
        }
    }
}
