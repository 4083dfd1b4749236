namespace Frat.Storage.EfCore;

internal sealed class ScheduleRow
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required string TimeZone { get; set; }

    public required TimeOnly StartTime { get; set; }

    public required TimeOnly EndTime { get; set; }

    public required int Weekdays { get; set; }

    public required int WindowBeforeSeconds { get; set; }

    public required int WindowAfterSeconds { get; set; }

    public required int BreakSeconds { get; set; }

    public required int BreakAfterSeconds { get; set; }

    public required DirectionRule Direction { get; set; }

    public required HoursRule Hours { get; set; }

    public int? HalfDayBelowSeconds { get; set; }

    public int? AbsentBelowSeconds { get; set; }

    public required int LateGraceSeconds { get; set; }

    public required int EarlyGraceSeconds { get; set; }

    public required int DuplicateSeconds { get; set; }

    public Guid? HolidayCalendarId { get; set; }

    public List<ShiftHoursRow> Pattern { get; init; } = [];

    public required int PatternWeeks { get; set; }

    public DateOnly? PatternStart { get; set; }

    public int? FlexibleSeconds { get; set; }

    public TimeOnly? CoreStart { get; set; }

    public TimeOnly? CoreEnd { get; set; }

    public required bool IsExempt { get; set; }

    public required bool CountsFromStart { get; set; }

    public required int RoundToSeconds { get; set; }

    public required HoursRounding Rounding { get; set; }

    public required int ToleranceSeconds { get; set; }

    public TimeOnly? NightStart { get; set; }

    public TimeOnly? NightEnd { get; set; }

    /// <summary>The last date whose absences were asked for; null while none were: then all of them are.</summary>
    public DateOnly? ClosedThrough { get; set; }

    public static ScheduleRow From(Schedule schedule) => new()
    {
        Id = schedule.Id,
        Name = schedule.Name,
        TimeZone = schedule.TimeZone,
        StartTime = schedule.Start,
        EndTime = schedule.End,
        Weekdays = (int)schedule.Weekdays,
        WindowBeforeSeconds = Seconds(schedule.WindowBefore),
        WindowAfterSeconds = Seconds(schedule.WindowAfter),
        BreakSeconds = Seconds(schedule.Break),
        BreakAfterSeconds = Seconds(schedule.BreakAfter),
        Direction = schedule.Direction,
        Hours = schedule.Hours,
        HalfDayBelowSeconds = schedule.HalfDayBelow is { } half ? Seconds(half) : null,
        AbsentBelowSeconds = schedule.AbsentBelow is { } absent ? Seconds(absent) : null,
        LateGraceSeconds = Seconds(schedule.LateGrace),
        EarlyGraceSeconds = Seconds(schedule.EarlyGrace),
        DuplicateSeconds = Seconds(schedule.DuplicateInterval),
        HolidayCalendarId = schedule.HolidayCalendarId,
        Pattern = [.. schedule.Pattern.Select(hours => ShiftHoursRow.From(schedule.Id, hours))],
        PatternWeeks = schedule.PatternWeeks,
        PatternStart = schedule.PatternStart,
        FlexibleSeconds = schedule.Flexible is { } flexible ? Seconds(flexible.Target) : null,
        CoreStart = schedule.Flexible?.CoreStart,
        CoreEnd = schedule.Flexible?.CoreEnd,
        IsExempt = schedule.IsExempt,
        CountsFromStart = schedule.CountsFromStart,
        RoundToSeconds = Seconds(schedule.RoundTo),
        Rounding = schedule.Rounding,
        ToleranceSeconds = Seconds(schedule.BalanceTolerance),
        NightStart = schedule.NightStart,
        NightEnd = schedule.NightEnd,
    };

    public Schedule ToSchedule() => new()
    {
        Id = Id,
        Name = Name,
        TimeZone = TimeZone,
        Start = StartTime,
        End = EndTime,
        Weekdays = (Weekdays)Weekdays,
        WindowBefore = TimeSpan.FromSeconds(WindowBeforeSeconds),
        WindowAfter = TimeSpan.FromSeconds(WindowAfterSeconds),
        Break = TimeSpan.FromSeconds(BreakSeconds),
        BreakAfter = TimeSpan.FromSeconds(BreakAfterSeconds),
        Direction = Direction,
        Hours = Hours,
        HalfDayBelow = HalfDayBelowSeconds is { } half ? TimeSpan.FromSeconds(half) : null,
        AbsentBelow = AbsentBelowSeconds is { } absent ? TimeSpan.FromSeconds(absent) : null,
        LateGrace = TimeSpan.FromSeconds(LateGraceSeconds),
        EarlyGrace = TimeSpan.FromSeconds(EarlyGraceSeconds),
        DuplicateInterval = TimeSpan.FromSeconds(DuplicateSeconds),
        HolidayCalendarId = HolidayCalendarId,
        Pattern = Pattern.Count == 0 ? [] : [.. Pattern.Select(row => row.ToHours()).OrderBy(hours => hours.Week)
            .ThenBy(hours => ((int)hours.Day + 6) % 7).ThenBy(hours => hours.Start)],
        PatternWeeks = PatternWeeks,
        PatternStart = PatternStart,
        Flexible = FlexibleSeconds is { } target
            ? new FlexibleHours { Target = TimeSpan.FromSeconds(target), CoreStart = CoreStart, CoreEnd = CoreEnd }
            : null,
        IsExempt = IsExempt,
        CountsFromStart = CountsFromStart,
        RoundTo = TimeSpan.FromSeconds(RoundToSeconds),
        Rounding = Rounding,
        BalanceTolerance = TimeSpan.FromSeconds(ToleranceSeconds),
        NightStart = NightStart,
        NightEnd = NightEnd,
    };

    /// <summary>Takes over another row's pattern; rows that stay are changed, not replaced.</summary>
    public void TakePattern(ScheduleRow other)
    {
        var after = other.Pattern.ToDictionary(row => (row.Week, row.Day, row.StartTime));
        Pattern.RemoveAll(row => !after.ContainsKey((row.Week, row.Day, row.StartTime)));
        foreach (var row in Pattern)
        {
            row.EndTime = after.Remove((row.Week, row.Day, row.StartTime), out var changed) ? changed.EndTime : row.EndTime;
        }

        Pattern.AddRange(after.Values);
    }

    private static int Seconds(TimeSpan span) => (int)span.TotalSeconds;
}
