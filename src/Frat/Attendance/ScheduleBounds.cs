namespace Frat;

/// <summary>Checks the settings of a schedule.</summary>
internal static class ScheduleBounds
{
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
        if ((schedule.Weekdays & ~Weekdays.All) != 0 || !Enum.IsDefined(schedule.Direction) || !Enum.IsDefined(schedule.Hours))
        {
            throw new ArgumentException("A schedule's weekdays, direction or hours are none that are known.", nameof(schedule));
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
        CheckSpan(schedule.DuplicateInterval, TimeSpan.FromHours(1), nameof(schedule.DuplicateInterval));
    }

    private static void CheckSpan(TimeSpan value, TimeSpan most, string name)
    {
        if (value < TimeSpan.Zero || value > most || value.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentException($"{name} is {value:c}; it is whole seconds from 0 to {most:c}.", name);
        }
    }
}
