using NodaTime;

namespace Frat;

/// <summary>
/// The work dates that a punch may belong to, by its time alone: one that has it without question, or two of which the punches around it
/// decide.
/// </summary>
/// <param name="Earlier">The only date, or the earlier one.</param>
/// <param name="Later">The later date; the same where there is no question.</param>
/// <param name="IsNearerToLater">On which side of the line between the two it is.</param>
internal readonly record struct Claim(DateOnly Earlier, DateOnly Later, bool IsNearerToLater)
{
    /// <summary>Without question.</summary>
    public Claim(DateOnly date)
        : this(date, date, IsNearerToLater: false)
    {
    }

    public bool IsContested => Earlier != Later;

    /// <summary>The date where nothing else decides.</summary>
    public DateOnly Nearer => IsNearerToLater ? Later : Earlier;

    public bool Includes(DateOnly date) => date == Earlier || date == Later;

    /// <summary>Finds the dates that a punch may belong to.</summary>
    /// <remarks>
    /// The window of one shift has it without question. It is contested between two windows that overlap, and in the gap between two; a day
    /// off, on which people come when they like, may claim a punch from its midnight on, but not within the shift before; and a date may
    /// claim a punch that says "out" until the shift of the next one starts.
    /// </remarks>
    public static Claim Of(Timetable timetable, EffectivePunch punch)
    {
        var local = punch.LocalDate;
        if (!Timetable.IsComputed(local))
        {
            return new(local);
        }

        // The site's date may differ from the schedule's by a day, and a window may reach over two midnights.
        var near = Enumerable.Range(-3, 7).Select(days => timetable.ShiftOn(local.AddDays(days))).OfType<ShiftTimes>().ToList();
        var inside = near.FindAll(shift => shift.IsInWindow(punch.Instant));
        return inside.Count switch
        {
            0 => Outside(timetable, punch, near),
            1 => Inside(timetable, punch, inside[0]),
            _ => Between([.. inside.OrderBy(shift => Distance(shift, punch.Instant)).Take(2).OrderBy(shift => shift.Date)], punch.Instant),
        };
    }

    private static Claim Inside(Timetable timetable, EffectivePunch punch, ShiftTimes shift)
    {
        if (timetable.ShiftOn(shift.Date.AddDays(1)) is { } next
            && !next.IsWorkday
            && punch.Instant > shift.End
            && punch.Instant >= next.Midnight)
        {
            return new(shift.Date, next.Date, IsNearerToLater: false);
        }

        var before = shift.Date.AddDays(-1);
        var mayEnd = punch.Direction == PunchDirection.Out
            && punch.Instant < (shift.IsWorkday ? shift.Start : shift.End)
            && timetable.ShiftOn(before)?.Schedule.Direction != DirectionRule.Alternating;
        return mayEnd ? new(before, shift.Date, IsNearerToLater: true) : new(shift.Date);
    }

    private static Claim Outside(Timetable timetable, EffectivePunch punch, List<ShiftTimes> near)
    {
        var local = punch.LocalDate;
        var before = near.FindLast(shift => shift.WindowEnd < punch.Instant);
        var after = near.Find(shift => shift.WindowStart > punch.Instant);
        if (timetable.ShiftOn(local) is null)
        {
            // A date without a schedule is its own, but for the end of what began on the date before.
            return before?.Date == local.AddDays(-1)
                || (punch.Direction == PunchDirection.Out && timetable.ShiftOn(local.AddDays(-1)) is null)
                ? new(local.AddDays(-1), local, IsNearerToLater: true)
                : new(local);
        }

        if (before is not null && after is not null && before.Date.AddDays(1) == after.Date)
        {
            return Between([before, after], punch.Instant);
        }

        if (after?.Date == local)
        {
            // The date before has no schedule: the night that began on it may end here.
            var middle = after.Midnight + ((after.WindowStart - after.Midnight) / 2);
            return new(local.AddDays(-1), local, punch.Instant >= middle);
        }

        return new((before?.Date == local ? before : before ?? after)?.Date ?? local);
    }

    /// <summary>
    /// Between two shifts. The line is in the middle between their windows, or of where they overlap, and never within a shift, unless the
    /// shifts themselves overlap: then it is in the middle of that. The very end of a shift is still of that shift.
    /// </summary>
    private static Claim Between(ShiftTimes[] shifts, Instant instant)
    {
        var (before, after) = (shifts[0], shifts[1]);
        var middle = before.WindowEnd + ((after.WindowStart - before.WindowEnd) / 2);
        var line = before.End > after.Start
            ? after.Start + ((before.End - after.Start) / 2)
            : Instant.Max(before.End, Instant.Min(middle, after.Start));
        return new(before.Date, after.Date, instant >= line && instant != before.End);
    }

    private static Duration Distance(ShiftTimes shift, Instant instant) =>
        instant < shift.Start ? shift.Start - instant : instant > shift.End ? instant - shift.End : Duration.Zero;
}
