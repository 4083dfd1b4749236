using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("One person's day.")]
internal sealed record DayAnswer(
    [property: Description("The employer's ID of the person.")]
    string EmployeeId,
    [property: Description("The person's name.")]
    string Name,
    [property: Description("The date at the site.")]
    DateOnly Date,
    [property: Description("The time at the site of the check-in that marked the day.")]
    TimeOnly? Time,
    [property: Description("What the day came to.")]
    [property: JsonConverter(typeof(CamelCase<AttendanceStatus>))] AttendanceStatus Status)
{
    [Description("What kind of day it was.")]
    [JsonConverter(typeof(CamelCase<DayKind>))]
    public required DayKind Kind { get; init; }

    [Description("The leave of that day; null where there was none.")]
    [JsonConverter(typeof(CamelCase<LeavePart>))]
    public required LeavePart? Leave { get; init; }

    [Description("What the leave is; of two kinds on one day, that of the first half.")]
    [JsonConverter(typeof(CamelCase<LeaveKind>))]
    public required LeaveKind? LeaveKind { get; init; }

    [Description("What the second half's leave is, where it is another.")]
    [JsonConverter(typeof(CamelCase<LeaveKind>))]
    public required LeaveKind? SecondLeaveKind { get; init; }

    [Description("The working hours that a leave of hours takes.")]
    public required double LeaveHours { get; init; }

    [Description("How much leave it was: 0, 0.5 or 1 day.")]
    public required double LeaveDays { get; init; }

    [Description("How much the person was absent: 0, 0.5 or 1 day.")]
    public required double AbsentDays { get; init; }

    [Description(
        "When the person left, by the site's clock, as `YYYY-MM-DDTHH:MM:SS`; null while nobody "
            + "knows. A night shift ends on the next date.")]
    public required string? LastOut { get; init; }

    [Description("The hours that the schedule asked for, less the break; 0 where nobody was expected.")]
    public required double ExpectedHours { get; init; }

    [Description("The hours worked, less the break.")]
    public required double WorkedHours { get; init; }

    [Description("By how many hours more was worked than expected; 0 until the day is over.")]
    public required double OvertimeHours { get; init; }

    [Description("By how many hours less was worked than expected; 0 until the day is over, and of an incomplete one.")]
    public required double UndertimeHours { get; init; }

    [Description("How many of the hours worked were in the schedule's night.")]
    public required double NightHours { get; init; }

    [Description("How many of the hours worked were on holidays, from midnight to midnight.")]
    public required double HolidayHours { get; init; }

    [Description("The minutes by which the person was late.")]
    public required int LateMinutes { get; init; }

    [Description("The minutes by which the person left early.")]
    public required int EarlyMinutes { get; init; }

    public static DayAnswer Of(AttendanceDay day) => new(day.Person.EmployeeId, day.Person.Name, day.Date, ToSeconds(day.Time), day.Status)
    {
        Kind = day.Kind,
        Leave = day.Leave,
        LeaveKind = day.LeaveKind,
        SecondLeaveKind = day.SecondLeaveKind,
        LeaveHours = Hours(day.LeaveTime),
        LeaveDays = (double)day.LeaveDays,
        AbsentDays = (double)day.AbsentDays,
        LastOut = day.LastOut?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        ExpectedHours = Hours(day.Expected),
        WorkedHours = Hours(day.Worked),
        OvertimeHours = Hours(day.Overtime),
        UndertimeHours = Hours(day.Undertime),
        NightHours = Hours(day.NightWorked),
        HolidayHours = Hours(day.HolidayWorked),
        LateMinutes = (int)day.LateBy.TotalMinutes,
        EarlyMinutes = (int)day.EarlyBy.TotalMinutes,
    };

    /// <summary>To four places, as the reports have them: a third of a second.</summary>
    public static double Hours(TimeSpan duration) => Math.Round(duration.TotalHours, 4);

    public static TimeOnly? ToSeconds(TimeOnly? time) => time is { } exact ? new(exact.Hour, exact.Minute, exact.Second) : null;
}

[Description("The attendance of a span of days, the latest day first.")]
internal sealed record AttendanceAnswer(
    [property: Description("The first date.")]
    DateOnly From,
    [property: Description("The last date, included.")]
    DateOnly To,
    [property: Description("The days on which somebody checked in.")]
    IAsyncEnumerable<DayAnswer> Days);

/// <summary>How days look in JSON.</summary>
[JsonSerializable(typeof(AttendanceAnswer))]
[JsonSerializable(typeof(DayDetailAnswer))]
[JsonSerializable(typeof(CorrectionRequest))]
[JsonSerializable(typeof(CorrectionAnswer))]
[JsonSerializable(typeof(IEnumerable<CorrectionAnswer>))]
internal sealed partial class AttendanceJson : JsonSerializerContext
{
    public static AttendanceJson Wire { get; } = new(JsonAnswer.NewOptions());
}
