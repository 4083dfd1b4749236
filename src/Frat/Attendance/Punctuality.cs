using NodaTime;

namespace Frat;

/// <summary>How late somebody came and how early they went.</summary>
/// <param name="LateBy">How long after the start, in whole minutes; of several parts of a day, in sum.</param>
/// <param name="EarlyBy">How long before the end, in whole minutes; of several parts of a day, in sum.</param>
/// <param name="HasMissed">Whether nobody was there during one of several parts.</param>
internal readonly record struct Punctuality(TimeSpan LateBy, TimeSpan EarlyBy, bool HasMissed)
{
    public static Punctuality Of(ShiftTimes shift, Duty duty, Stays stays, bool isOpen, Presence presence)
    {
        if (duty.Judged.Count == 0)
        {
            return default;
        }

        return shift.Parts.Count == 1
            ? OfOne(shift.Schedule, duty, stays, isOpen, presence)
            : OfSeveral(shift, duty, stays, isOpen, presence);
    }

    private static Punctuality OfOne(Schedule schedule, Duty duty, Stays stays, bool isOpen, Presence presence)
    {
        var (start, end) = (duty.Judged[0].From, duty.Judged[^1].To);
        var late = duty.JudgesLate && stays.FirstIn is { } first && !presence.BeganAfter(start, first.Instant)
            ? Beyond(ScheduledDay.ToMinute(first.Instant) - start, schedule.LateGrace)
            : TimeSpan.Zero;
        var early = duty.JudgesEarly && !isOpen && !stays.IsOdd && stays.LastOut is { } last && !presence.EndedBefore(end)
            ? Beyond(end - ScheduledDay.ToMinute(last.Instant), schedule.EarlyGrace)
            : TimeSpan.Zero;
        return new(late, early, HasMissed: false);
    }

    /// <summary>Each part by the stays that touch it. Where a punch lacks its partner, only the first coming is judged.</summary>
    private static Punctuality OfSeveral(ShiftTimes shift, Duty duty, Stays stays, bool isOpen, Presence presence)
    {
        var (late, early, hasMissed) = (TimeSpan.Zero, TimeSpan.Zero, false);
        foreach (var part in shift.Parts)
        {
            var left = duty.Judged.Where(part.Overlaps).ToList();
            if (left.Count == 0)
            {
                continue;
            }

            var (start, end) = (left[0].From, left[^1].To);
            var touching = stays.Spans.Where(stay => stay.Overlaps(new(start, end))).ToList();
            var came = touching.Count > 0 ? touching[0].From
                : stays.FirstIn is { } first && first.Instant < end && stays.Spans.Count == 0 ? first.Instant
                : (Instant?)null;
            if (came is not { } coming)
            {
                hasMissed |= !isOpen && !stays.IsOdd;
                continue;
            }

            late += presence.BeganAfter(start, coming)
                ? TimeSpan.Zero
                : Beyond(ScheduledDay.ToMinute(coming) - start, shift.Schedule.LateGrace);
            if (touching.Count > 0 && !isOpen && !stays.IsOdd && !presence.EndedBefore(end))
            {
                early += Beyond(end - ScheduledDay.ToMinute(touching[^1].To), shift.Schedule.EarlyGrace);
            }
        }

        return new(late, early, hasMissed);
    }

    private static TimeSpan Beyond(Duration duration, TimeSpan grace) =>
        duration.ToTimeSpan() is var time && time > grace ? TimeSpan.FromMinutes(Math.Ceiling(time.TotalMinutes)) : TimeSpan.Zero;
}
