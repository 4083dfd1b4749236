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
        var leave = shift.Kind == DayKind.Workday && !presence.IsAway ? LeaveDays.Covering(facts.Leaves, shift.Date) : null;
        var day = stays.Roles.Count > 0 ? Worked(facts.Person, shift, stays, leave, isOpen, presence)
            : isOpen ? null
            : Unworked(facts.Person, shift, leave, presence, timetable.IsAssigned(shift.Date));
        return new DayDetail
        {
            Date = shift.Date,
            Punches = dayPunches,
            Day = day is null ? null : day with { PunchCount = punches.Count(punch => punch.Role != PunchRole.Void) },
            ClosesAt = isOpen ? shift.WindowEnd.ToDateTimeOffset() : null,
        };
    }

    private static AttendanceDay? Unworked(Person person, ShiftTimes shift, LeavePart? leave, Presence presence, bool isAssigned)
    {
        // Nobody is missed before they were enrolled, unless somebody assigned them a schedule for then; nor are holidays theirs.
        var isExpected = !presence.WasInactive && (isAssigned || presence.Since <= shift.Start);
        AttendanceStatus? status = shift.Kind switch
        {
            DayKind.Holiday => isExpected ? AttendanceStatus.Holiday : null,
            DayKind.DayOff => null,
            _ when leave == LeavePart.FullDay => AttendanceStatus.OnLeave,
            _ when isExpected => AttendanceStatus.Absent,
            _ => null,
        };
        return status is { } known ? Day(person, shift, known, leave, presence) : null;
    }

    private static AttendanceDay Worked(Person person, ShiftTimes shift, Stays stays, LeavePart? leave, bool isOpen, Presence presence)
    {
        var day = Day(person, shift, AttendanceStatus.Present, leave, presence) with
        {
            FirstIn = stays.FirstIn?.LocalTime,
            LastOut = stays.LastOut?.LocalTime,
            Worked = LessBreak(shift.Schedule, stays.Present, stays.Gaps),
            PunchId = stays.Marking?.Id,
        };
        if (shift.Kind == DayKind.Workday && leave != LeavePart.FullDay)
        {
            var (start, end) = Expected(shift, leave);
            day = day with
            {
                LateBy = stays.FirstIn is { } first && !presence.BeganAfter(start, first.Instant)
                    ? Beyond(ToMinute(first.Instant) - start, shift.Schedule.LateGrace) : TimeSpan.Zero,
                EarlyBy = !isOpen && !stays.IsOdd && stays.LastOut is { } last && !presence.EndedBefore(end)
                    ? Beyond(end - ToMinute(last.Instant), shift.Schedule.EarlyGrace) : TimeSpan.Zero,
            };
        }

        return day with { Status = Judge(day, shift, stays, isOpen, presence) };
    }

    private static AttendanceStatus Judge(AttendanceDay day, ShiftTimes shift, Stays stays, bool isOpen, Presence presence)
    {
        if (day.Leave == LeavePart.FullDay)
        {
            return AttendanceStatus.OnLeave;
        }

        if (stays.IsOdd && !isOpen)
        {
            // Where nobody was expected, one look into the camera is no work.
            return shift.Kind != DayKind.Workday && !stays.HasStay ? AttendanceStatus.Holiday : AttendanceStatus.Incomplete;
        }

        if (shift.Kind != DayKind.Workday)
        {
            return AttendanceStatus.Present;
        }

        // Of somebody who was not active or not known yet, nobody expects the hours of a shift.
        if (presence.IsPartial)
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

    /// <summary>
    /// The present time less what is left of the break; never less than from where on the break is deducted. Whole seconds.
    /// </summary>
    private static TimeSpan LessBreak(Schedule schedule, Duration stays, Duration gaps)
    {
        var present = stays.ToTimeSpan();
        var left = schedule.Break - gaps.ToTimeSpan();
        var most = present - schedule.BreakAfter;
        var deducted = left < most ? left : most;
        var worked = deducted > TimeSpan.Zero ? present - deducted : present;
        return TimeSpan.FromSeconds(Math.Floor(worked.TotalSeconds));
    }

    private static TimeSpan ExpectedTime(ShiftTimes shift, LeavePart? leave, Presence presence)
    {
        if (shift.Kind != DayKind.Workday || leave == LeavePart.FullDay || presence.WasInactive)
        {
            return TimeSpan.Zero;
        }

        var (start, end) = Expected(shift, leave);
        start = presence.IsNew ? Instant.Max(start, Instant.Min(presence.Since, end)) : start;
        return LessBreak(shift.Schedule, end - start, Duration.Zero);
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

    private static AttendanceDay Day(Person person, ShiftTimes shift, AttendanceStatus status, LeavePart? leave, Presence presence) => new()
    {
        Person = person,
        Date = shift.Date,
        Status = status,
        Kind = shift.Kind,
        Leave = leave,
        Expected = ExpectedTime(shift, leave, presence),
        ScheduleId = shift.Schedule.Id,
    };

    private static TimeSpan Beyond(Duration duration, TimeSpan grace) =>
        duration.ToTimeSpan() is var time && time > grace ? TimeSpan.FromMinutes(Math.Ceiling(time.TotalMinutes)) : TimeSpan.Zero;

    // What the clock showed: anyone who comes at 09:00:59 sees 09:00.
    private static Instant ToMinute(Instant instant) =>
        Instant.FromUnixTimeSeconds((long)Math.Floor(instant.ToUnixTimeSeconds() / 60.0) * 60);
}
