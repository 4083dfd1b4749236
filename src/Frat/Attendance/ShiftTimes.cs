using NodaTime;
using NodaTime.TimeZones;

namespace Frat;

/// <summary>When a shift of one date starts and ends, and how far around it a punch belongs to it without question.</summary>
/// <param name="Date">The work date: the date on which it starts.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Kind">
/// Whether somebody is expected. On a day off or a holiday the times only tell apart to which date a punch belongs.
/// </param>
/// <param name="Start">The start.</param>
/// <param name="End">The end.</param>
internal sealed record ShiftTimes(DateOnly Date, Schedule Schedule, DayKind Kind, Instant Start, Instant End)
{
    public Instant WindowStart => Start - Duration.FromTimeSpan(Schedule.WindowBefore);

    public Instant WindowEnd => End + Duration.FromTimeSpan(Schedule.WindowAfter);

    /// <summary>When the date begins on the schedule's wall.</summary>
    public Instant Midnight => At(Zone(Schedule.TimeZone), Date, TimeOnly.MinValue);

    public Duration Length => End - Start;

    /// <summary>
    /// By how much the clock's change makes the shift shorter than its wall times say; zero when it makes it longer. The hours that make a
    /// whole or a half day are less by as much.
    /// </summary>
    public TimeSpan Shortfall
    {
        get
        {
            var nominal = Schedule.End.ToTimeSpan() - Schedule.Start.ToTimeSpan();
            nominal = nominal > TimeSpan.Zero ? nominal : nominal + TimeSpan.FromDays(1);
            var missing = nominal - Length.ToTimeSpan();
            return missing > TimeSpan.Zero ? missing : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// Finds the shift of a date. A day off and a holiday have the times of any other day, so that a stay belongs to one date whatever the
    /// dates around it are.
    /// </summary>
    public static ShiftTimes Of(Schedule schedule, DateOnly date, bool isHoliday)
    {
        var zone = Zone(schedule.TimeZone);
        var kind = isHoliday ? DayKind.Holiday : schedule.Weekdays.HasFlag(Flag(date.DayOfWeek)) ? DayKind.Workday : DayKind.DayOff;
        var start = At(zone, date, schedule.Start);
        var end = At(zone, schedule.End <= schedule.Start ? date.AddDays(1) : date, schedule.End);

        // Where the clock is put forward over a whole short shift, both of its times are the same gap.
        return new(date, schedule, kind, start, end > start ? end : start + Duration.FromSeconds(1));
    }

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
        ?? throw new ArgumentException($"The time zone \"{id}\" is not known. Use an IANA id, such as Europe/Berlin.");

    public bool IsInWindow(Instant instant) => instant >= WindowStart && instant <= WindowEnd;

    /// <summary>How much of the shift lies between two moments.</summary>
    public Duration Covered(Instant from, Instant to)
    {
        var covered = Instant.Min(to, End) - Instant.Max(from, Start);
        return covered > Duration.Zero ? covered : Duration.Zero;
    }

    /// <summary>
    /// A wall time as an instant. A time that the clock shows twice is the first; one that it leaves out is as much later as the clock
    /// is put forward.
    /// </summary>
    private static Instant At(DateTimeZone zone, DateOnly date, TimeOnly time) =>
        zone.ResolveLocal(LocalDateTime.FromDateTime(date.ToDateTime(time)), Resolvers.LenientResolver).ToInstant();

    private static Weekdays Flag(DayOfWeek day) => day == DayOfWeek.Sunday ? Weekdays.Sunday : (Weekdays)(1 << ((int)day - 1));
}
