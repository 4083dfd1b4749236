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

    [Description("When the shift starts, on the wall's clock. Not needed with a `pattern`.")]
    public TimeOnly? Start { get; init; }

    [Description("When it ends. Not later than `start`: on the next day. Equal: 24 hours. Not needed with a `pattern`.")]
    public TimeOnly? End { get; init; }

    [Description("The days on which a shift starts. Default: Monday to Friday.")]
    public IReadOnlyList<Weekday>? Weekdays { get; init; }

    [Description("Hours that differ by day or week, in place of `start`, `end` and `weekdays`; a day without any is a day off.")]
    public IReadOnlyList<ShiftHoursBody>? Pattern { get; init; }

    [Description("After how many weeks the pattern begins again. Default 1.")]
    public int? PatternWeeks { get; init; }

    [Description("A date in the pattern's first week; needed where there are several weeks.")]
    public DateOnly? PatternStart { get; init; }

    [Description("Hours that people choose within the shift; null: they work from its start to its end.")]
    public FlexibleHoursBody? Flexible { get; init; }

    [Description("Whether nobody is missed, late or early. Default false.")]
    public bool IsExempt { get; init; }

    [Description("Whether time before the start, and between two parts of a day, doesn't count. Default false.")]
    public bool CountsFromStart { get; init; }

    [Description("To how many minutes a day's hours are rounded. Default 0: not.")]
    public int? RoundToMinutes { get; init; }

    [Description("How they are rounded. Default: `nearest`.")]
    [JsonConverter(typeof(CamelCase<HoursRounding>))]
    public HoursRounding Rounding { get; init; }

    [Description("A difference from the expected hours that is neither overtime nor undertime. Default 0.")]
    public int? BalanceToleranceMinutes { get; init; }

    [Description("When the night begins, whose hours are told apart; null: they aren't.")]
    public TimeOnly? NightStart { get; init; }

    [Description("When the night ends.")]
    public TimeOnly? NightEnd { get; init; }

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

[Description("The hours of one part of a day.")]
internal sealed record ShiftHoursBody(
    [property: Description("The day on which it starts.")]
    Weekday Day,
    [property: Description("When it starts.")]
    TimeOnly Start,
    [property: Description("When it ends. Not later than `start`: on the next day.")]
    TimeOnly End,
    [property: Description("In which week of the pattern; 0, the default, is the first.")]
    int Week = 0);

[Description("Hours that people choose.")]
internal sealed record FlexibleHoursBody(
    [property: Description("How long a workday is, the break not counted.")]
    int TargetMinutes,
    [property: Description("From when on everybody is there; null: nobody is late.")]
    TimeOnly? CoreStart = null,
    [property: Description("Until when everybody is there; null: nobody is early.")]
    TimeOnly? CoreEnd = null);

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
        var first = Pattern is { Count: > 0 } ? Pattern[0] : null;
        return new Schedule
        {
            Id = id,
            Name = Name!.Trim(),
            TimeZone = TimeZone!.Trim(),
            Start = Start ?? first?.Start ?? default,
            End = End ?? first?.End ?? default,
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
            Pattern = Pattern is null or [] ? [] : [.. Pattern.Select(hours => new ShiftHours
            {
                Week = hours.Week,
                Day = (DayOfWeek)(((int)hours.Day + 1) % 7),
                Start = hours.Start,
                End = hours.End,
            })],
            PatternWeeks = PatternWeeks ?? other.PatternWeeks,
            PatternStart = PatternStart,
            Flexible = Flexible is { } flexible ? new FlexibleHours
            {
                Target = TimeSpan.FromMinutes(flexible.TargetMinutes),
                CoreStart = flexible.CoreStart,
                CoreEnd = flexible.CoreEnd,
            }
            : null,
            IsExempt = IsExempt,
            CountsFromStart = CountsFromStart,
            RoundTo = Minutes(RoundToMinutes) ?? other.RoundTo,
            Rounding = Rounding,
            BalanceTolerance = Minutes(BalanceToleranceMinutes) ?? other.BalanceTolerance,
            NightStart = NightStart,
            NightEnd = NightEnd,
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
        Pattern = [.. schedule.Pattern.Select(hours => new ShiftHoursBody(
            (Weekday)(((int)hours.Day + 6) % 7), hours.Start, hours.End, hours.Week))],
        PatternWeeks = schedule.PatternWeeks,
        PatternStart = schedule.PatternStart,
        Flexible = schedule.Flexible is { } flexible
            ? new((int)flexible.Target.TotalMinutes, flexible.CoreStart, flexible.CoreEnd)
            : null,
        IsExempt = schedule.IsExempt,
        CountsFromStart = schedule.CountsFromStart,
        RoundToMinutes = (int)schedule.RoundTo.TotalMinutes,
        Rounding = schedule.Rounding,
        BalanceToleranceMinutes = (int)schedule.BalanceTolerance.TotalMinutes,
        NightStart = schedule.NightStart,
        NightEnd = schedule.NightEnd,
    };
}
