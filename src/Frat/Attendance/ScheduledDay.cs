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
        var isOpen = Instant.FromDateTimeOffset(facts.AsOf) < shift.WindowEnd;
        var stays = Stays.Of(shift.Schedule, [.. punches.Where(punch => punch.Counts).Select(punch => punch.Punch)]);
        var roles = stays.Roles.GetEnumerator();
        var dayPunches = new List<DayPunch>(punches.Count);
        foreach (var punch in punches)
        {
            dayPunches.Add(punch.ToDayPunch(punch.Counts && roles.MoveNext() ? roles.Current : punch.Role));
        }

        var presence = Presence.Of(facts, shift);
        var duty = Duty.Of(
            shift,
            shift.IsWorkday && !presence.IsAway ? LeaveDays.Covering(facts.Leaves, shift.Date, shift.HolidayPart) : LeaveDays.None);
        var day = stays.Roles.Count > 0 ? Worked(facts.Person, timetable, shift, duty, stays, isOpen, presence)
            : isOpen ? null
            : Unworked(facts.Person, shift, duty, presence, timetable.IsAssigned(shift.Date));
        return new DayDetail
        {
            Date = shift.Date,
            Punches = dayPunches,
            Day = day is null ? null : day with { PunchCount = punches.Count(punch => punch.Role != PunchRole.Void) },
            Expected = presence.IsAway ? [] : [.. duty.Spans.Select(span => ToWall(shift, span))],
            ClosesAt = isOpen ? shift.WindowEnd.ToDateTimeOffset() : null,
        };
    }

    /// <summary>What the clock showed: anyone who comes at 09:00:59 sees 09:00.</summary>
    public static Instant ToMinute(Instant instant) =>
        Instant.FromUnixTimeSeconds((long)Math.Floor(instant.ToUnixTimeSeconds() / 60.0) * 60);

    private static AttendanceDay? Unworked(Person person, ShiftTimes shift, Duty duty, Presence presence, bool isAssigned)
    {
        // Nobody is missed before they were enrolled, unless somebody assigned them a schedule for then; nor are holidays theirs.
        var isExpected = !presence.WasInactive && (isAssigned || presence.Since <= shift.Start);
        AttendanceStatus? status = shift.Kind switch
        {
            DayKind.Holiday => isExpected ? AttendanceStatus.Holiday : null,
            DayKind.DayOff => null,
            _ when duty.Leave.IsWhole || (duty.Leave.Part == LeavePart.Hours && duty.Spans.Count == 0) => AttendanceStatus.OnLeave,
            _ when isExpected && !shift.Schedule.IsExempt => AttendanceStatus.Absent,
            _ => null,
        };
        return status is { } known ? WithBalance(Day(person, shift, known, duty, presence), shift, presence) : null;
    }

    private static AttendanceDay Worked(
        Person person, Timetable timetable, ShiftTimes shift, Duty duty, Stays stays, bool isOpen, Presence presence)
    {
        var counted = Hours.Counted(shift, stays);
        var worked = Hours.Worked(shift, stays, counted);
        var day = Day(person, shift, AttendanceStatus.Present, duty, presence) with
        {
            FirstIn = stays.FirstIn?.LocalTime,
            LastOut = stays.LastOut?.LocalTime,
            Worked = worked,
            NightWorked = Least(Hours.AtNight(shift, counted), worked),
            HolidayWorked = Least(Hours.OnHolidays(timetable, shift, counted), worked),
            PunchId = stays.Marking?.Id,
        };
        var punctuality = Punctuality.Of(shift, duty, stays, isOpen, presence);
        day = day with { LateBy = punctuality.LateBy, EarlyBy = punctuality.EarlyBy };
        day = day with { Status = Judge(day, shift, duty, stays, isOpen, presence, punctuality.HasMissed) };
        return isOpen || day.Status == AttendanceStatus.Incomplete ? day : WithBalance(day, shift, presence);
    }

    private static AttendanceStatus Judge(
        AttendanceDay day, ShiftTimes shift, Duty duty, Stays stays, bool isOpen, Presence presence, bool hasMissed)
    {
        if (duty.Leave.IsWhole)
        {
            return AttendanceStatus.OnLeave;
        }

        if (stays.IsOdd && !isOpen)
        {
            // Where nobody was expected, one look into the camera is no work.
            return !shift.IsWorkday && !stays.HasStay ? AttendanceStatus.Holiday : AttendanceStatus.Incomplete;
        }

        if (!shift.IsWorkday || shift.Schedule.IsExempt)
        {
            return AttendanceStatus.Present;
        }

        // Of somebody who was not active or not known yet, nobody expects the hours of a shift.
        if (presence.IsPartial)
        {
            return day.IsLate ? AttendanceStatus.Late : AttendanceStatus.Present;
        }

        // Half a day's leave leaves half a day's hours.
        if (!isOpen && day.Worked < Threshold(shift.Schedule.AbsentBelow, shift, duty))
        {
            return AttendanceStatus.Absent;
        }

        return !isOpen && (duty.Leave.IsHalf || hasMissed || day.Worked < Threshold(shift.Schedule.HalfDayBelow, shift, duty))
                ? AttendanceStatus.HalfDay
            : day.IsLate ? AttendanceStatus.Late
            : AttendanceStatus.Present;
    }

    private static TimeSpan Threshold(TimeSpan? hours, ShiftTimes shift, Duty duty) =>
        hours is { } some && some > shift.Shortfall
            ? ((some - shift.Shortfall) / duty.Fraction) - duty.LeaveTime
            : TimeSpan.Zero;

    private static TimeSpan ExpectedTime(ShiftTimes shift, Duty duty, Presence presence)
    {
        if (presence.WasInactive)
        {
            return TimeSpan.Zero;
        }

        var expected = duty.Expected(shift, presence);
        return shift.Schedule.Flexible is null ? Hours.LessBreak(shift.Schedule, expected, Duration.Zero) : expected.ToTimeSpan();
    }

    private static AttendanceDay Day(Person person, ShiftTimes shift, AttendanceStatus status, Duty duty, Presence presence) => new()
    {
        Person = person,
        Date = shift.Date,
        Status = status,
        Kind = shift.Kind,
        Leave = duty.Leave.Part,
        LeaveKind = duty.Leave.Kind,
        SecondLeaveKind = duty.Leave.SecondKind,
        LeaveTime = duty.LeaveTime,
        Expected = ExpectedTime(shift, duty, presence),
        ScheduleId = shift.Schedule.Id,
    };

    /// <summary>The difference from what was expected, of a day that is over.</summary>
    private static AttendanceDay WithBalance(AttendanceDay day, ShiftTimes shift, Presence presence)
    {
        var difference = day.Worked - day.Expected;
        return difference.Duration() <= shift.Schedule.BalanceTolerance || shift.Schedule.IsExempt || presence.WasInactive ? day
            : difference > TimeSpan.Zero ? day with { Overtime = difference }
            : day with { Undertime = difference.Negate() };
    }

    private static ShiftSpan ToWall(ShiftTimes shift, Span span)
    {
        var zone = ShiftTimes.Zone(shift.Schedule.TimeZone);
        return new() { Start = span.From.InZone(zone).ToDateTimeUnspecified(), End = span.To.InZone(zone).ToDateTimeUnspecified() };
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
