using NodaTime;

namespace Frat;

/// <summary>The rules where a schedule is in force.</summary>
internal static class ScheduledDay
{
    /// <summary>Derives a day.</summary>
    /// <param name="facts">All facts.</param>
    /// <param name="timetable">What is in force when.</param>
    /// <param name="shift">The date's shift.</param>
    /// <param name="punches">The punches that belong to the date in order, void ones and duplicates too.</param>
    /// <returns>What the day comes to.</returns>
    public static DayDetail Derive(AttendanceFacts facts, Timetable timetable, ShiftTimes shift, IReadOnlyList<BoundPunch> punches)
    {
        var closing = timetable.Closing(shift);
        var isOpen = Instant.FromDateTimeOffset(facts.AsOf) < closing;
        var stays = Stays.Of(shift.Schedule, [.. punches.Where(punch => punch.Counts).Select(punch => punch.Punch)]);
        var roles = stays.Roles.GetEnumerator();
        var dayPunches = new List<DayPunch>(punches.Count);
        foreach (var punch in punches)
        {
            dayPunches.Add(punch.ToDayPunch(punch.Counts && roles.MoveNext() ? roles.Current : punch.Role));
        }

        var leave = LeaveOn(facts.Leaves, shift.Date);
        var isInactive = IsInactive(facts.InactivePeriods, shift);
        var day = stays.Roles.Count > 0 ? Worked(facts.Person, shift, stays, leave, isOpen, isInactive)
            : isOpen ? null
            : Unworked(facts.Person, shift, leave, !isInactive && IsExpected(facts.Person, timetable, shift), isInactive);
        return new DayDetail
        {
            Date = shift.Date,
            Punches = dayPunches,
            Day = day is null ? null : day with { PunchCount = punches.Count(punch => punch.Role != PunchRole.Void) },
            ClosesAt = isOpen ? closing.ToDateTimeOffset() : null,
        };
    }

    private static AttendanceDay? Unworked(Person person, ShiftTimes shift, LeavePart? leave, bool isExpected, bool isInactive)
    {
        AttendanceStatus? status = shift.Kind switch
        {
            DayKind.Holiday when !isInactive => AttendanceStatus.Holiday,
            DayKind.Holiday or DayKind.DayOff => null,
            _ when leave == LeavePart.FullDay => AttendanceStatus.OnLeave,
            _ when isExpected => AttendanceStatus.Absent,
            _ => null,
        };
        return status is { } known ? Day(person, shift, known, leave) : null;
    }

    private static AttendanceDay Worked(Person person, ShiftTimes shift, Stays stays, LeavePart? leave, bool isOpen, bool isInactive)
    {
        var worked = Worked(shift.Schedule, stays);
        var day = Day(person, shift, AttendanceStatus.Present, leave) with
        {
            FirstIn = stays.FirstIn?.LocalTime,
            LastOut = stays.LastOut?.LocalTime,
            Worked = worked,
            PunchId = stays.Marking?.Id,
        };
        if (shift.Kind == DayKind.Workday && leave != LeavePart.FullDay)
        {
            var (start, end) = Expected(shift, leave);
            day = day with
            {
                LateBy = stays.FirstIn is { } first ? Beyond(ToMinute(first.Instant) - start, shift.Schedule.LateGrace) : TimeSpan.Zero,
                EarlyBy = !isOpen && !stays.IsOdd && stays.LastOut is { } last ? Beyond(end - ToMinute(last.Instant), shift.Schedule.EarlyGrace) : TimeSpan.Zero,
            };
        }

        return day with { Status = Judge(day, shift, stays.IsOdd, isOpen, isInactive) };
    }

    private static AttendanceStatus Judge(AttendanceDay day, ShiftTimes shift, bool isOdd, bool isOpen, bool isInactive)
    {
        if (isOdd && !isOpen)
        {
            return AttendanceStatus.Incomplete;
        }

        if (shift.Kind != DayKind.Workday)
        {
            return AttendanceStatus.Present;
        }

        if (day.Leave == LeavePart.FullDay)
        {
            return AttendanceStatus.OnLeave;
        }

        // Of somebody who was not active, nobody expects the hours of a shift.
        if (isInactive)
        {
            return day.IsLate ? AttendanceStatus.Late : AttendanceStatus.Present;
        }

        // Half a day's leave leaves half a day's hours.
        if (!isOpen && day.Worked < Threshold(shift.Schedule.AbsentBelow, shift) / (day.Leave is null ? 1 : 2))
        {
            return AttendanceStatus.Absent;
        }

        return !isOpen && (day.Leave is not null || day.Worked < Threshold(shift.Schedule.HalfDayBelow, shift)) ? AttendanceStatus.HalfDay
            : day.IsLate ? AttendanceStatus.Late
            : AttendanceStatus.Present;
    }

    private static TimeSpan Threshold(TimeSpan? hours, ShiftTimes shift) =>
        hours is { } some && some > shift.Shortfall ? some - shift.Shortfall : TimeSpan.Zero;

    /// <summary>The present time less what is left of the break; never less than from where on the break is deducted. Whole seconds.</summary>
    private static TimeSpan Worked(Schedule schedule, Stays stays)
    {
        var present = stays.Present.ToTimeSpan();
        var left = schedule.Break - stays.Gaps.ToTimeSpan();
        var most = present - schedule.BreakAfter;
        var deducted = left < most ? left : most;
        var worked = deducted > TimeSpan.Zero ? present - deducted : present;
        return TimeSpan.FromSeconds(Math.Floor(worked.TotalSeconds));
    }

    private static (Instant Start, Instant End) Expected(ShiftTimes shift, LeavePart? leave)
    {
        var middle = ToMinute(shift.Start + ((shift.End - shift.Start) / 2));
        return leave switch
        {
            LeavePart.FirstHalf => (middle, shift.End),
            LeavePart.SecondHalf => (shift.Start, middle),
            _ => (shift.Start, shift.End),
        };
    }

    // Nobody is missed before they were enrolled, unless somebody assigned them a schedule for then.
    private static bool IsExpected(Person person, Timetable timetable, ShiftTimes shift) =>
        timetable.IsAssigned(shift.Date) || Instant.FromDateTimeOffset(person.EnrolledAt) <= shift.Start;

    /// <summary>Whether the person was inactive at some time of the shift, and so nobody waited for them. Whoever is activated before a shift starts is expected for it.</summary>
    private static bool IsInactive(IReadOnlyList<InactivePeriod> periods, ShiftTimes shift) => periods.Any(period =>
        Instant.FromDateTimeOffset(period.From) < shift.End && (period.To is not { } end || Instant.FromDateTimeOffset(end) > shift.Start));

    private static LeavePart? LeaveOn(IReadOnlyList<Leave> leaves, DateOnly date)
    {
        LeavePart? covered = null;
        foreach (var leave in leaves)
        {
            if (leave.From <= date && date <= leave.To)
            {
                // Both halves are the whole.
                covered = covered is null || covered == leave.Part ? leave.Part : LeavePart.FullDay;
            }
        }

        return covered;
    }

    private static AttendanceDay Day(Person person, ShiftTimes shift, AttendanceStatus status, LeavePart? leave) => new()
    {
        Person = person,
        Date = shift.Date,
        Status = status,
        Kind = shift.Kind,
        Leave = shift.Kind == DayKind.Workday ? leave : null,
        ScheduleId = shift.Schedule.Id,
    };

    private static TimeSpan Beyond(Duration duration, TimeSpan grace) =>
        duration.ToTimeSpan() is var time && time > grace ? TimeSpan.FromMinutes(Math.Ceiling(time.TotalMinutes)) : TimeSpan.Zero;

    // What the clock showed: whoever comes at 09:00:59 sees 09:00.
    private static Instant ToMinute(Instant instant) => Instant.FromUnixTimeSeconds((long)Math.Floor(instant.ToUnixTimeSeconds() / 60.0) * 60);
}
