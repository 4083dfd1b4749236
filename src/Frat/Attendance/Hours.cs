using NodaTime;

namespace Frat;

/// <summary>The hours of a day: what of the time that somebody was there counts, and how much was at night or on a holiday.</summary>
internal static class Hours
{
    /// <summary>What of the stays counts, in order: not pauses between parts of a day nor, where that is said, what is before.</summary>
    public static List<Span> Counted(ShiftTimes shift, Stays stays)
    {
        IEnumerable<Span> counted = stays.Spans;
        var schedule = shift.Schedule;
        if (shift.IsWorkday && schedule.CountsFromStart)
        {
            counted = Span.Cut(counted, new(Instant.MinValue, shift.Start));
        }

        if (shift.IsWorkday && (schedule.CountsFromStart || schedule.Hours == HoursRule.FirstInLastOut))
        {
            counted = shift.Pauses.Aggregate(counted, Span.Cut);
        }

        return [.. counted];
    }

    /// <summary>The time worked: what counts, less what is left of the break, rounded.</summary>
    public static TimeSpan Worked(ShiftTimes shift, Stays stays, List<Span> counted)
    {
        // The time between stays was break already; not that between two parts of a day, in which nobody is expected.
        var gaps = stays.Spans.Zip(stays.Spans.Skip(1), (stay, next) => new Span(stay.To, next.From));
        var pauses = shift.Pauses.ToList();
        var breaks = gaps.Aggregate(Duration.Zero, (sum, gap) => sum + gap.Length - gap.Within(pauses));
        return Round(shift.Schedule, LessBreak(shift.Schedule, Span.Sum(counted), breaks));
    }

    /// <summary>
    /// The present time less what is left of the break; never less than from where on the break is deducted. Whole seconds.
    /// </summary>
    public static TimeSpan LessBreak(Schedule schedule, Duration stays, Duration gaps)
    {
        var present = stays.ToTimeSpan();
        var left = schedule.Break - gaps.ToTimeSpan();
        var most = present - schedule.BreakAfter;
        var deducted = left < most ? left : most;
        var worked = deducted > TimeSpan.Zero ? present - deducted : present;
        return TimeSpan.FromSeconds(Math.Floor(worked.TotalSeconds));
    }

    /// <summary>How much was in the schedule's night.</summary>
    public static TimeSpan AtNight(ShiftTimes shift, List<Span> counted)
    {
        if (shift.Schedule is not { NightStart: { } start, NightEnd: { } end })
        {
            return TimeSpan.Zero;
        }

        var zone = ShiftTimes.Zone(shift.Schedule.TimeZone);
        return Within(counted, DatesOf(shift).Select(date => ShiftTimes.ToSpan(zone, date, start, end)));
    }

    /// <summary>How much was on holidays: from midnight to midnight, or to the middle of the shift.</summary>
    public static TimeSpan OnHolidays(Timetable timetable, ShiftTimes shift, List<Span> counted)
    {
        var zone = ShiftTimes.Zone(shift.Schedule.TimeZone);
        return Within(counted, DatesOf(shift).Select(HolidayOn).OfType<Span>());

        Span? HolidayOn(DateOnly date)
        {
            if (timetable.HolidayOn(date) is not { } holiday)
            {
                return null;
            }

            var day = ShiftTimes.ToSpan(zone, date, TimeOnly.MinValue, TimeOnly.MinValue);
            var middle = holiday.Part == LeavePart.FullDay || timetable.ShiftOn(date) is not { } on ? day.To : Duty.MiddleOf(on);
            return holiday.Part == LeavePart.SecondHalf ? new(middle, middle > day.To ? middle : day.To) : new(day.From, middle);
        }
    }

    private static TimeSpan Within(List<Span> counted, IEnumerable<Span> spans)
    {
        var merged = spans.ToList();
        var sum = counted.Aggregate(Duration.Zero, (sum, span) => sum + span.Within(merged));
        return TimeSpan.FromSeconds(Math.Floor(sum.TotalSeconds));
    }

    private static IEnumerable<DateOnly> DatesOf(ShiftTimes shift) => Enumerable.Range(-2, 5).Select(shift.Date.AddDays);

    private static TimeSpan Round(Schedule schedule, TimeSpan worked)
    {
        if (schedule.RoundTo <= TimeSpan.Zero)
        {
            return worked;
        }

        var units = worked / schedule.RoundTo;
        return schedule.RoundTo * (schedule.Rounding switch
        {
            HoursRounding.Down => Math.Floor(units),
            HoursRounding.Up => Math.Ceiling(units),
            _ => Math.Floor(units + 0.5),
        });
    }
}
