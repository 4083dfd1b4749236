using NodaTime;

namespace Frat;

/// <summary>How punches become days, by schedules, leaves and holidays.</summary>
internal sealed class AttendanceRules : IAttendanceRules
{
    public IReadOnlyList<DayDetail> Derive(AttendanceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var timetable = new Timetable(facts);
        var byDate = BoundPunches.Of(timetable, facts.Punches).ToLookup(punch => punch.Date);
        var days = new List<DayDetail>();
        for (var number = facts.FirstDate.DayNumber; number <= facts.LastDate.DayNumber; number++)
        {
            var date = DateOnly.FromDayNumber(number);
            days.Add(timetable.ShiftOn(date) is { } shift
                ? ScheduledDay.Derive(facts, timetable, shift, [.. byDate[date]])
                : UnscheduledDay.Derive(facts, date, [.. byDate[date]]));
        }

        return days;
    }

    public DateOnly FindLastClosedDate(Schedule schedule, DateTimeOffset asOf)
    {
        Check(schedule);
        var now = Instant.FromDateTimeOffset(asOf);
        var date = now.InZone(ShiftTimes.Zone(schedule.TimeZone)).Date.ToDateOnly().AddDays(1);

        // Of hours that differ, a date's may end after the next one's; never after those two dates on.
        while (Enumerable.Range(-2, 3).Any(days => ShiftTimes.Of(schedule, date.AddDays(days)).WindowEnd > now))
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    public void Check(Schedule schedule) => ScheduleBounds.Check(schedule);

    public void Check(Punch punch, DateTimeOffset asOf) => PunchBounds.Check(punch, asOf);

    public void Check(PunchCorrection correction, DateTimeOffset asOf) => PunchBounds.Check(correction, asOf);
}
