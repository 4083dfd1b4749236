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
    };

    private static int Seconds(TimeSpan span) => (int)span.TotalSeconds;
}
