using NodaTime;
using NodaTime.TimeZones;

namespace Frat;

/// <summary>When a shift of one date starts and ends, and how far around it a punch belongs to it without question.</summary>
/// <param name="Date">The work date: the date on which it starts.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Kind">Whether somebody is expected.</param>
/// <param name="Start">The start. On a day off or a holiday, the nominal one: it only tells apart to which date a punch belongs.</param>
/// <param name="End">The end.</param>
internal sealed record ShiftTimes(DateOnly Date, Schedule Schedule, DayKind Kind, Instant Start, Instant End)
{
    public Instant WindowStart => Start - Duration.FromTimeSpan(Schedule.WindowBefore);

    public Instant WindowEnd => End + Duration.FromTimeSpan(Schedule.WindowAfter);

    /// <summary>
    /// By how much the clock's change makes the shift shorter than its wall times say; zero when it makes it longer. The hours that make a whole or
    /// a half day are less by as much.
    /// </summary>
    public TimeSpan Shortfall
    {
        get
        {
            var nominal = Schedule.End.ToTimeSpan() - Schedule.Start.ToTimeSpan();
            nominal = nominal > TimeSpan.Zero ? nominal : nominal + TimeSpan.FromDays(1);
            var missing = nominal - (End - Start).ToTimeSpan();
            return missing > TimeSpan.Zero ? missing : TimeSpan.Zero;
        }
    }

    /// <summary>Finds the shift of a date.</summary>
    public static ShiftTimes Of(Schedule schedule, DateOnly date, bool isHoliday)
    {
        var zone = Zone(schedule.TimeZone);
        var kind = isHoliday ? DayKind.Holiday : schedule.Weekdays.HasFlag(Flag(date.DayOfWeek)) ? DayKind.Workday : DayKind.DayOff;
        var overnight = schedule.End <= schedule.Start;
        if (overnight && kind != DayKind.Workday)
        {
            // Whoever works in the night and comes on a day off, comes at any time of it: the day counts from noon to midnight, so that the
            // morning still belongs to the night before.
            return new(date, schedule, kind, At(zone, date, new TimeOnly(12, 0)), At(zone, date.AddDays(1), TimeOnly.MinValue));
        }

        var start = At(zone, date, schedule.Start);
        var end = At(zone, overnight ? date.AddDays(1) : date, schedule.End);

        // Where the clock is put forward over a whole short shift, both of its times are the same gap.
        return new(date, schedule, kind, start, end > start ? end : start + Duration.FromSeconds(1));
    }

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
        ?? throw new ArgumentException($"The time zone \"{id}\" is not known. Use an IANA id, such as Europe/Berlin.");

    /// <summary>
    /// A wall time as an instant. A time that the clock shows twice is the first; one that it leaves out is as much later as the clock
    /// is put forward.
    /// </summary>
    private static Instant At(DateTimeZone zone, DateOnly date, TimeOnly time) =>
        zone.ResolveLocal(LocalDateTime.FromDateTime(date.ToDateTime(time)), Resolvers.LenientResolver).ToInstant();

    private static Weekdays Flag(DayOfWeek day) => day == DayOfWeek.Sunday ? Weekdays.Sunday : (Weekdays)(1 << ((int)day - 1));
}
