using NodaTime;

namespace Frat;

/// <summary>When a person is expected on a date: the shift, less half a holiday and leave.</summary>
internal sealed class Duty
{
    private Duty(ShiftTimes shift, LeaveDays leave)
    {
        Leave = leave;
        var middle = MiddleOf(shift);
        var free = new List<Span>();
        if (shift.HolidayPart is { } holiday)
        {
            free.Add(Half(shift, middle, holiday));
        }

        if (leave.IsHalf)
        {
            free.Add(Half(shift, middle, leave.Part!.Value));
        }

        var before = free.Aggregate(shift.Parts.ToList(), Span.Cut);
        var hours = leave.Hours.Select(one => ShiftTimes.ToSpan(
            ShiftTimes.Zone(shift.Schedule.TimeZone), NearestDate(shift, one.Start!.Value), one.Start!.Value, one.End!.Value)).ToList();
        Spans = !shift.IsWorkday || leave.IsWhole || shift.Schedule.IsExempt ? [] : hours.Aggregate(before, Span.Cut);
        LeaveTime = leave.Hours.Count == 0 || shift.Schedule.IsExempt ? TimeSpan.Zero : (Span.Sum(before) - Span.Sum(Spans)).ToTimeSpan();
        Fraction = shift.HolidayPart is null && !leave.IsHalf ? 1 : 2;
        Judged = Spans.Count == 0 || CoreOf(shift) is not { } core
            ? Spans
            : free.Concat(hours).Aggregate(new List<Span> { core }, Span.Cut);
        JudgesLate = shift.Schedule.Flexible is not { CoreStart: null };
        JudgesEarly = shift.Schedule.Flexible is not { CoreEnd: null };
    }

    /// <summary>The leave of the date.</summary>
    public LeaveDays Leave { get; }

    /// <summary>The times at which somebody is expected, or, with flexible hours, at which they may work.</summary>
    public IReadOnlyList<Span> Spans { get; }

    /// <summary>The times by which coming and going are judged.</summary>
    public IReadOnlyList<Span> Judged { get; }

    public bool JudgesLate { get; }

    public bool JudgesEarly { get; }

    /// <summary>The time of the shift that a leave of hours takes.</summary>
    public TimeSpan LeaveTime { get; }

    /// <summary>1, or 2 where half of the date is left.</summary>
    public int Fraction { get; }

    public static Duty Of(ShiftTimes shift, LeaveDays leave) => new(shift, leave);

    /// <summary>
    /// The hours that are expected, before the break; with <see cref="Schedule.Flexible"/>, the target. Of somebody who is new, from their
    /// enrolment on.
    /// </summary>
    public Duration Expected(ShiftTimes shift, Presence presence)
    {
        var left = Span.Sum(presence.IsNew ? Span.Cut(Spans, new(Instant.MinValue, presence.Since)) : Spans);
        if (shift.Schedule.Flexible is not { } flexible)
        {
            return left;
        }

        var target = Duration.FromTimeSpan((flexible.Target / Fraction) - LeaveTime);
        return Duration.Max(Duration.Zero, Duration.Min(target, left));
    }

    /// <summary>The moment by which half of the shift's time is over, to the minute.</summary>
    public static Instant MiddleOf(ShiftTimes shift)
    {
        var left = Span.Sum(shift.Parts) / 2;
        foreach (var part in shift.Parts)
        {
            if (left <= part.Length)
            {
                return ScheduledDay.ToMinute(part.From + left);
            }

            left -= part.Length;
        }

        return shift.End;
    }

    private static Span Half(ShiftTimes shift, Instant middle, LeavePart half) =>
        half == LeavePart.FirstHalf ? new(shift.Start, middle) : new(middle, shift.End);

    private static Span? CoreOf(ShiftTimes shift)
    {
        if (shift.Schedule.Flexible is not { } flexible)
        {
            return null;
        }

        var zone = ShiftTimes.Zone(shift.Schedule.TimeZone);
        var from = flexible.CoreStart is { } start ? ShiftTimes.At(zone, NearestDate(shift, start), start) : shift.Start;
        var to = flexible.CoreEnd is { } end ? ShiftTimes.At(zone, NearestDate(shift, end), end) : shift.End;
        return new(from, to > from ? to : from);
    }

    /// <summary>A time of day before the start of a night is on the next date.</summary>
    private static DateOnly NearestDate(ShiftTimes shift, TimeOnly time)
    {
        var zone = ShiftTimes.Zone(shift.Schedule.TimeZone);
        var isNight = shift.End > ShiftTimes.At(zone, shift.Date.AddDays(1), TimeOnly.MinValue);
        return isNight && ShiftTimes.At(zone, shift.Date, time) < shift.Start ? shift.Date.AddDays(1) : shift.Date;
    }
}
