using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Frat.AspNetCore;

/// <summary>A schedule, as it is sent and answered. Durations are whole minutes.</summary>
internal abstract record ScheduleBody
{
    [Description("What people call it; unique.")]
    public string? Name { get; init; }

    [Description("The zone of `start` and `end` by IANA id, such as `Europe/Berlin`.")]
    public string? TimeZone { get; init; }

    [Description("When the shift starts, on the wall's clock.")]
    public TimeOnly? Start { get; init; }

    [Description("When it ends. Not later than `start`: on the next day. Equal: 24 hours.")]
    public TimeOnly? End { get; init; }

    [Description("The days on which a shift starts. Default: Monday to Friday.")]
    public IReadOnlyList<Weekday>? Weekdays { get; init; }

    [Description("How long before its start a punch belongs to the shift without question. Default 120.")]
    public int? WindowBeforeMinutes { get; init; }

    [Description("How long after its end a punch belongs to the shift without question. Default 240.")]
    public int? WindowAfterMinutes { get; init; }

    [Description("The unpaid break. Default 0.")]
    public int? BreakMinutes { get; init; }

    [Description("The time worked from which on the break is deducted. Default 0.")]
    public int? BreakAfterMinutes { get; init; }

    [Description("How coming and going are told apart. Default: `alternating`.")]
    [JsonConverter(typeof(CamelCase<DirectionRule>))]
    public DirectionRule Direction { get; init; }

    [Description("How hours are counted. Default: `firstInLastOut`.")]
    [JsonConverter(typeof(CamelCase<HoursRule>))]
    public HoursRule Hours { get; init; }

    [Description("Anyone who worked less has a half day; null: nobody.")]
    public int? HalfDayBelowMinutes { get; init; }

    [Description("Anyone who worked less was absent; null: nobody who came.")]
    public int? AbsentBelowMinutes { get; init; }

    [Description("How long after the start coming is not late. Default 0.")]
    public int? LateGraceMinutes { get; init; }

    [Description("How long before the end going is not early. Default 0.")]
    public int? EarlyGraceMinutes { get; init; }

    [Description("A punch so many seconds after the last one is recorded, and not counted. Default 60.")]
    public int? DuplicateIntervalSeconds { get; init; }

    [Description("The calendar with the holidays; null: none.")]
    public Guid? HolidayCalendarId { get; init; }
}

/// <summary>A day of the week, by its name.</summary>
[JsonConverter(typeof(CamelCase<Weekday>))]
internal enum Weekday
{
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

[Description("A schedule to keep.")]
internal sealed record ScheduleRequest : ScheduleBody, IJsonRequest<ScheduleRequest>
{
    public static JsonTypeInfo<ScheduleRequest> Json => ScheduleJson.Wire.ScheduleRequest;

    public static bool IsOptional => false;

    [Description("Who keeps it, for the audit trail.")]
    public string? By { get; init; }

    [Description("Why, for the audit trail.")]
    public string? Reason { get; init; }

    /// <summary>The schedule, of which the required texts are known to be there.</summary>
    public Schedule ToSchedule(Guid id)
    {
        var other = new Schedule { Name = "", TimeZone = "", Start = default, End = default };
        return new Schedule
        {
            Id = id,
            Name = Name!.Trim(),
            TimeZone = TimeZone!.Trim(),
            Start = Start!.Value,
            End = End!.Value,
            Weekdays = Weekdays?.Aggregate(Frat.Weekdays.None, (set, day) => set | (Weekdays)(1 << (int)day)) ?? other.Weekdays,
            WindowBefore = Minutes(WindowBeforeMinutes) ?? other.WindowBefore,
            WindowAfter = Minutes(WindowAfterMinutes) ?? other.WindowAfter,
            Break = Minutes(BreakMinutes) ?? other.Break,
            BreakAfter = Minutes(BreakAfterMinutes) ?? other.BreakAfter,
            Direction = Direction,
            Hours = Hours,
            HalfDayBelow = Minutes(HalfDayBelowMinutes),
            AbsentBelow = Minutes(AbsentBelowMinutes),
            LateGrace = Minutes(LateGraceMinutes) ?? other.LateGrace,
            EarlyGrace = Minutes(EarlyGraceMinutes) ?? other.EarlyGrace,
            DuplicateInterval = DuplicateIntervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : other.DuplicateInterval,
            HolidayCalendarId = HolidayCalendarId,
        };

        static TimeSpan? Minutes(int? minutes) => minutes is { } some ? TimeSpan.FromMinutes(some) : null;
    }
}

[Description("A schedule.")]
internal sealed record ScheduleAnswer : ScheduleBody
{
    [Description("The schedule's id.")]
    public required Guid Id { get; init; }

    public static ScheduleAnswer Of(Schedule schedule) => new()
    {
        Id = schedule.Id,
        Name = schedule.Name,
        TimeZone = schedule.TimeZone,
        Start = schedule.Start,
        End = schedule.End,
        Weekdays = [.. Enum.GetValues<Weekday>().Where(day => schedule.Weekdays.HasFlag((Weekdays)(1 << (int)day)))],
        WindowBeforeMinutes = (int)schedule.WindowBefore.TotalMinutes,
        WindowAfterMinutes = (int)schedule.WindowAfter.TotalMinutes,
        BreakMinutes = (int)schedule.Break.TotalMinutes,
        BreakAfterMinutes = (int)schedule.BreakAfter.TotalMinutes,
        Direction = schedule.Direction,
        Hours = schedule.Hours,
        HalfDayBelowMinutes = (int?)schedule.HalfDayBelow?.TotalMinutes,
        AbsentBelowMinutes = (int?)schedule.AbsentBelow?.TotalMinutes,
        LateGraceMinutes = (int)schedule.LateGrace.TotalMinutes,
        EarlyGraceMinutes = (int)schedule.EarlyGrace.TotalMinutes,
        DuplicateIntervalSeconds = (int)schedule.DuplicateInterval.TotalSeconds,
        HolidayCalendarId = schedule.HolidayCalendarId,
    };
}
