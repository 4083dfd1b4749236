namespace Frat;

/// <summary>Checks the settings of a schedule.</summary>
internal static class ScheduleBounds
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);
    private static readonly TimeSpan HalfADay = TimeSpan.FromHours(12);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static void Check(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (string.IsNullOrWhiteSpace(schedule.Name) || schedule.Name.Length > Schedule.MaxNameLength)
        {
            throw new ArgumentException($"A schedule's name has 1 to {Schedule.MaxNameLength} characters.", nameof(schedule));
        }

        _ = ShiftTimes.Zone(schedule.TimeZone);
        if ((schedule.Weekdays & ~Weekdays.All) != 0
            || !Enum.IsDefined(schedule.Direction) || !Enum.IsDefined(schedule.Hours) || !Enum.IsDefined(schedule.Rounding))
        {
            throw new ArgumentException("A schedule's weekdays, direction, hours or rounding are none that are known.", nameof(schedule));
        }

        CheckSpan(schedule.Start.ToTimeSpan(), Day, nameof(schedule.Start));
        CheckSpan(schedule.End.ToTimeSpan(), Day, nameof(schedule.End));
        CheckSpan(schedule.WindowBefore, HalfADay, nameof(schedule.WindowBefore));
        CheckSpan(schedule.WindowAfter, HalfADay, nameof(schedule.WindowAfter));
        CheckSpan(schedule.Break, HalfADay, nameof(schedule.Break));
        CheckSpan(schedule.BreakAfter, Day, nameof(schedule.BreakAfter));
        CheckSpan(schedule.HalfDayBelow ?? TimeSpan.Zero, Day, nameof(schedule.HalfDayBelow));
        CheckSpan(schedule.AbsentBelow ?? TimeSpan.Zero, schedule.HalfDayBelow ?? Day, nameof(schedule.AbsentBelow));
        CheckSpan(schedule.LateGrace, HalfADay, nameof(schedule.LateGrace));
        CheckSpan(schedule.EarlyGrace, HalfADay, nameof(schedule.EarlyGrace));
        CheckSpan(schedule.DuplicateInterval, AnHour, nameof(schedule.DuplicateInterval));
        CheckSpan(schedule.BalanceTolerance, HalfADay, nameof(schedule.BalanceTolerance));
        CheckSpan(schedule.RoundTo, AnHour, nameof(schedule.RoundTo));
        if (schedule.RoundTo.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentException("Hours are rounded to whole minutes.", nameof(schedule));
        }

        if ((schedule.NightStart is null) != (schedule.NightEnd is null))
        {
            throw new ArgumentException("A night has a start and an end.", nameof(schedule));
        }

        CheckPattern(schedule);
        CheckFlexible(schedule);
    }

    private static void CheckPattern(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule.Pattern);
        if (schedule.PatternWeeks is < 1 or > Schedule.MaxPatternWeeks)
        {
            throw new ArgumentException($"A pattern has 1 to {Schedule.MaxPatternWeeks} weeks.", nameof(schedule));
        }

        if (schedule.PatternWeeks > 1 && (schedule.PatternStart is null || schedule.Pattern.Count == 0))
        {
            throw new ArgumentException("A pattern of several weeks needs hours, and a date in its first week.", nameof(schedule));
        }

        foreach (var day in schedule.Pattern.GroupBy(hours => (hours.Week, hours.Day)))
        {
            if (day.Key.Week < 0 || day.Key.Week >= schedule.PatternWeeks || !Enum.IsDefined(day.Key.Day))
            {
                throw new ArgumentException(
                    $"A pattern's hours are in one of its weeks, 0 to {schedule.PatternWeeks - 1}.", nameof(schedule));
            }

            CheckParts([.. day.OrderBy(hours => hours.Start)], $"week {day.Key.Week + 1}, {day.Key.Day}");
        }
    }

    private static void CheckParts(ShiftHours[] parts, string day)
    {
        if (parts.Length > Schedule.MaxDayParts)
        {
            throw new ArgumentException($"A day has at most {Schedule.MaxDayParts} parts: {day}.");
        }

        foreach (var part in parts)
        {
            CheckSpan(part.Start.ToTimeSpan(), Day, nameof(part.Start));
            CheckSpan(part.End.ToTimeSpan(), Day, nameof(part.End));
        }

        var overlaps = parts.Zip(parts.Skip(1)).Any(pair => pair.First.End <= pair.First.Start || pair.Second.Start < pair.First.End);
        if (overlaps || (parts.Length > 1 && parts[^1].End <= parts[^1].Start && parts[^1].End > parts[0].Start))
        {
            throw new ArgumentException($"The parts of a day don't overlap, and span 24 hours at most: {day}.");
        }
    }

    private static void CheckFlexible(Schedule schedule)
    {
        if (schedule.Flexible is not { } flexible)
        {
            return;
        }

        CheckSpan(flexible.Target, Day, nameof(flexible.Target));
        if (flexible.Target == TimeSpan.Zero || schedule.Pattern.GroupBy(hours => (hours.Week, hours.Day)).Any(day => day.Count() > 1))
        {
            throw new ArgumentException("Flexible hours have a target, and days of one part.", nameof(schedule));
        }

        CheckSpan((flexible.CoreStart ?? default).ToTimeSpan(), Day, nameof(flexible.CoreStart));
        CheckSpan((flexible.CoreEnd ?? default).ToTimeSpan(), Day, nameof(flexible.CoreEnd));
    }

    private static void CheckSpan(TimeSpan value, TimeSpan most, string name)
    {
        if (value < TimeSpan.Zero || value > most || value.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentException($"{name} is {value:c}; it is whole seconds from 0 to {most:c}.", name);
        }
    }
}
