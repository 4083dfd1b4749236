namespace Frat;

/// <summary>Which hours a schedule has on a date.</summary>
internal static class PatternDays
{
    private const int DaysPerWeek = 7;

    // A date that was a Monday: the weeks of a pattern that says nothing else are counted from it.
    private static readonly DateOnly FirstMonday = new(1900, 1, 1);

    /// <summary>
    /// The parts of a date in order, and whether somebody is expected. A day off has the hours of the last workday before it: of whoever
    /// works nights, a night.
    /// </summary>
    public static (IReadOnlyList<(TimeOnly Start, TimeOnly End)> Parts, bool IsWorkday) On(Schedule schedule, DateOnly date)
    {
        if (schedule.Pattern.Count == 0)
        {
            return ([(schedule.Start, schedule.End)], schedule.Weekdays.HasFlag(Flag(date.DayOfWeek)));
        }

        var days = Math.Max(1, schedule.PatternWeeks) * DaysPerWeek;
        var index = (date.DayNumber - ToMonday(schedule.PatternStart ?? FirstMonday).DayNumber) % days;
        index = index < 0 ? index + days : index;
        for (var back = 0; back < days; back++)
        {
            var day = (index - back + days) % days;
            var parts = schedule.Pattern.Where(hours => IndexOf(hours) == day).OrderBy(hours => hours.Start)
                .Select(hours => (hours.Start, hours.End)).ToList();
            if (parts.Count > 0)
            {
                return (parts, back == 0);
            }
        }

        throw new ArgumentException($"The hours of the schedule \"{schedule.Name}\" are in none of its weeks.");
    }

    public static TimeSpan Length(TimeOnly start, TimeOnly end)
    {
        var length = end.ToTimeSpan() - start.ToTimeSpan();
        return length > TimeSpan.Zero ? length : length + TimeSpan.FromDays(1);
    }

    public static DateOnly ToMonday(DateOnly date) => date.AddDays(-DayOfWeekIndex(date.DayOfWeek));

    private static int IndexOf(ShiftHours hours) => (hours.Week * DaysPerWeek) + DayOfWeekIndex(hours.Day);

    private static int DayOfWeekIndex(DayOfWeek day) => ((int)day + DaysPerWeek - 1) % DaysPerWeek;

    private static Weekdays Flag(DayOfWeek day) => (Weekdays)(1 << DayOfWeekIndex(day));
}
