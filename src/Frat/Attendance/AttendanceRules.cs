using NodaTime;

namespace Frat;

/// <summary>How punches become days, by schedules, leaves and holidays.</summary>
internal sealed class AttendanceRules : IAttendanceRules
{
    public IReadOnlyList<DayDetail> Derive(AttendanceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var timetable = new Timetable(facts);
        var byDate = Bind(facts, timetable).ToLookup(punch => punch.Date);
        var days = new List<DayDetail>();
        for (var number = facts.FirstDate.DayNumber; number <= facts.LastDate.DayNumber; number++)
        {
            var date = DateOnly.FromDayNumber(number);
            days.Add(timetable.ShiftOn(date) is { } shift
                ? ScheduledDay.Derive(facts, timetable, shift, [.. byDate[date]])
                : UnscheduledDay.Derive(facts.Person, date, [.. byDate[date]]));
        }

        return days;
    }

    public DateOnly FindLastClosedDate(Schedule schedule, DateTimeOffset asOf)
    {
        Check(schedule);
        var now = Instant.FromDateTimeOffset(asOf);
        var date = now.InZone(ShiftTimes.Zone(schedule.TimeZone)).Date.ToDateOnly().AddDays(1);
        while (ShiftTimes.Of(schedule, date, isHoliday: false).WindowEnd > now)
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    public void Check(Schedule schedule) => ScheduleBounds.Check(schedule);

    /// <summary>Gives each punch its day, and finds the duplicates: across days, so that one look at midnight is one punch.</summary>
    private static IEnumerable<BoundPunch> Bind(AttendanceFacts facts, Timetable timetable)
    {
        BoundPunch? last = null;
        foreach (var punch in facts.Punches.Select(EffectivePunch.Of).OrderBy(punch => punch.Instant).ThenBy(punch => punch.Id))
        {
            var (date, outside) = timetable.Bind(punch);
            if (punch.IsVoid)
            {
                yield return new(punch, date, PunchRole.Void, OutsideWindow: false);
            }
            else if (last is not null && IsDuplicate(timetable, last, punch, date))
            {
                yield return new(punch, last.Date, PunchRole.Duplicate, outside);
            }
            else
            {
                last = new(punch, date, PunchRole.Unpaired, outside);
                yield return last;
            }
        }
    }

    private static bool IsDuplicate(Timetable timetable, BoundPunch last, EffectivePunch punch, DateOnly date)
    {
        var after = punch.Instant - last.Punch.Instant;
        if (timetable.ShiftOn(last.Date)?.Schedule is not { } schedule || timetable.ShiftOn(date) is null)
        {
            // Without a schedule the first punch of each local day marks it, however close to midnight.
            return last.Date == date && after < Duration.FromTimeSpan(Schedule.DefaultDuplicateInterval);
        }

        // Whoever says "out" right after "in" means it.
        var differs = schedule.Direction != DirectionRule.Alternating
            && punch.Direction != PunchDirection.Undetermined
            && last.Punch.Direction != PunchDirection.Undetermined
            && punch.Direction != last.Punch.Direction;
        return !differs && after < Duration.FromTimeSpan(schedule.DuplicateInterval);
    }
}

/// <summary>A punch and the work date that it belongs to.</summary>
/// <param name="Punch">The punch.</param>
/// <param name="Date">The work date.</param>
/// <param name="Role">Void, duplicate, or not known yet: unpaired.</param>
/// <param name="OutsideWindow">Whether it was in no shift's window.</param>
internal sealed record BoundPunch(EffectivePunch Punch, DateOnly Date, PunchRole Role, bool OutsideWindow)
{
    /// <summary>Whether it counts towards stays.</summary>
    public bool Counts => Role is not (PunchRole.Void or PunchRole.Duplicate);

    public DayPunch ToDayPunch(PunchRole role) =>
        new(Punch.Id, Punch.LocalTime, Punch.Instant.ToDateTimeOffset(), role, OutsideWindow, Punch.IsCorrected);
}
