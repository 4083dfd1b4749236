using NodaTime;
using NodaTime.TimeZones;

namespace Frat;

/// <summary>When a shift of one date starts and ends, and how far around it a punch belongs to it without question.</summary>
/// <param name="Date">The work date: the date on which it starts.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Kind">
/// Whether somebody is expected. On a day off or a holiday the times only tell apart to which date a punch belongs.
/// </param>
/// <param name="Parts">When it starts and ends: the parts of the date in order, of which there is one or more.</param>
/// <param name="HolidayPart">Which half of it is a holiday; null: none, or all of it.</param>
internal sealed record ShiftTimes(
    DateOnly Date, Schedule Schedule, DayKind Kind, IReadOnlyList<Span> Parts, LeavePart? HolidayPart = null)
{
    public Instant Start => Parts[0].From;

    public Instant End => Parts[^1].To;

    /// <summary>Whether somebody is expected, be it for half of it.</summary>
    public bool IsWorkday => Kind is DayKind.Workday or DayKind.HalfHoliday;

    /// <summary>The times between the parts.</summary>
    public IEnumerable<Span> Pauses => Parts.Zip(Parts.Skip(1), (part, next) => new Span(part.To, next.From));

    public Instant WindowStart => Start - Duration.FromTimeSpan(Schedule.WindowBefore);

    public Instant WindowEnd => End + Duration.FromTimeSpan(Schedule.WindowAfter);

    /// <summary>When the date begins on the schedule's wall.</summary>
    public Instant Midnight => At(Zone(Schedule.TimeZone), Date, TimeOnly.MinValue);

    public Duration Length => End - Start;

    /// <summary>
    /// By how much the clock's change makes the shift shorter than its wall times say; zero when it makes it longer. The hours that make a
    /// whole or a half day are less by as much.
    /// </summary>
    public TimeSpan Shortfall { get; private init; }

    /// <summary>
    /// Finds the shift of a date. A day off and a holiday have the times of any other day, so that a stay belongs to one date whatever the
    /// dates around it are.
    /// </summary>
    public static ShiftTimes Of(Schedule schedule, DateOnly date, Holiday? holiday = null)
    {
        var zone = Zone(schedule.TimeZone);
        var (hours, isWorkday) = PatternDays.On(schedule, date);
        var parts = hours.Select(part => ToSpan(zone, date, part.Start, part.End)).ToList();
        var nominal = hours.Aggregate(TimeSpan.Zero, (sum, part) => sum + PatternDays.Length(part.Start, part.End));
        var missing = nominal - parts.Aggregate(Duration.Zero, (sum, part) => sum + part.Length).ToTimeSpan();
        var isHalf = holiday is { Part: not LeavePart.FullDay };
        var kind = holiday is not null && (!isHalf || !isWorkday) ? DayKind.Holiday
            : !isWorkday ? DayKind.DayOff
            : isHalf ? DayKind.HalfHoliday
            : DayKind.Workday;
        return new(date, schedule, kind, parts, isHalf ? holiday!.Part : null)
        {
            Shortfall = missing > TimeSpan.Zero ? missing : TimeSpan.Zero,
        };
    }

    /// <summary>From one wall time of a date to another, which is on the next day where it isn't later.</summary>
    public static Span ToSpan(DateTimeZone zone, DateOnly date, TimeOnly from, TimeOnly to)
    {
        var start = At(zone, date, from);
        var end = At(zone, to <= from ? date.AddDays(1) : date, to);

        // Where the clock is put forward over a whole short shift, both of its times are the same gap.
        return new(start, end > start ? end : start + Duration.FromSeconds(1));
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
    public static Instant At(DateTimeZone zone, DateOnly date, TimeOnly time) =>
        zone.ResolveLocal(LocalDateTime.FromDateTime(date.ToDateTime(time)), Resolvers.LenientResolver).ToInstant();
}
