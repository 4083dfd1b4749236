using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Frat.AspNetCore;

[Description("The schedule for everybody who has none assigned, from a date on.")]
internal sealed record DefaultScheduleRequest(
    [property: Description("Which schedule; null: none.")]
    Guid? ScheduleId,
    [property: Description("The first date for which it holds.")]
    DateOnly? From,
    [property: Description("Who says so, for the audit trail.")]
    string? By = null,
    [property: Description("Why, for the audit trail.")]
    string? Reason = null) : IJsonRequest<DefaultScheduleRequest>
{
    public static JsonTypeInfo<DefaultScheduleRequest> Json => ScheduleJson.Wire.DefaultScheduleRequest;

    public static bool IsOptional => false;
}

[Description("A schedule that holds for everybody who has none assigned, from a date on.")]
internal sealed record DefaultScheduleAnswer(
    [property: Description("The first date; it holds until the next one begins.")]
    DateOnly From,
    [property: Description("Which schedule; null: none.")]
    Guid? ScheduleId);

[Description("A holiday.")]
internal sealed record HolidayBody(
    [property: Description("The date.")]
    DateOnly Date,
    [property: Description("What people call it.")]
    string Name,
    [property: Description("Which part of a shift is holiday: `fullDay`, the default, `firstHalf` or `secondHalf`.")]
    [property: JsonConverter(typeof(CamelCase<LeavePart>))] LeavePart Part = LeavePart.FullDay);

[Description("A calendar to keep.")]
internal sealed record CalendarRequest(
    [property: Description("What people call it; unique.")]
    string? Name,
    [property: Description("The holidays, each date once.")]
    IReadOnlyList<HolidayBody>? Holidays,
    [property: Description("Who keeps it, for the audit trail.")]
    string? By = null,
    [property: Description("Why, for the audit trail.")]
    string? Reason = null) : IJsonRequest<CalendarRequest>
{
    public static JsonTypeInfo<CalendarRequest> Json => ScheduleJson.Wire.CalendarRequest;

    public static bool IsOptional => false;
}

[Description("Holidays that schedules share.")]
internal sealed record CalendarAnswer(
    [property: Description("The calendar's id.")]
    Guid Id,
    [property: Description("What people call it.")]
    string Name,
    [property: Description("The holidays, by date.")]
    IReadOnlyList<HolidayBody> Holidays)
{
    public static CalendarAnswer Of(HolidayCalendar calendar) => new(
        calendar.Id,
        calendar.Name,
        [.. calendar.Holidays.Select(holiday => new HolidayBody(holiday.Date, holiday.Name, holiday.Part))]);
}

[Description("By which schedule a person works.")]
internal sealed record AssignmentRequest(
    [property: Description("Which schedule.")]
    Guid? ScheduleId,
    [property: Description("The first date.")]
    DateOnly? From,
    [property: Description("The last date, included; null: until further notice.")]
    DateOnly? To = null,
    [property: Description("The person's own holidays; null: the schedule's.")]
    Guid? HolidayCalendarId = null,
    [property: Description("Who says so, for the audit trail.")]
    string? By = null,
    [property: Description("Why, for the audit trail.")]
    string? Reason = null) : IJsonRequest<AssignmentRequest>
{
    public static JsonTypeInfo<AssignmentRequest> Json => ScheduleJson.Wire.AssignmentRequest;

    public static bool IsOptional => false;
}

[Description("By which schedule a person works.")]
internal sealed record AssignmentAnswer(
    [property: Description("The assignment's id.")]
    Guid Id,
    [property: Description("Which schedule.")]
    Guid ScheduleId,
    [property: Description("The first date.")]
    DateOnly From,
    [property: Description("The last date, included; null: until further notice.")]
    DateOnly? To,
    [property: Description("The person's own holidays; null: the schedule's.")]
    Guid? HolidayCalendarId);

[Description("A leave of a person.")]
internal sealed record LeaveRequest(
    [property: Description("The first date.")]
    DateOnly? From,
    [property: Description("The last date, included.")]
    DateOnly? To,
    [property: Description("Which part of each of these days. Default: `fullDay`.")]
    [property: JsonConverter(typeof(CamelCase<LeavePart>))] LeavePart Part = LeavePart.FullDay,
    [property: Description("What it is. Default: `paid`.")]
    [property: JsonConverter(typeof(CamelCase<LeaveKind>))] LeaveKind Kind = LeaveKind.Paid,
    [property: Description("From when on; with the part `hours` only.")]
    TimeOnly? Start = null,
    [property: Description("Until when; with the part `hours` only.")]
    TimeOnly? End = null,
    [property: Description("What for. Keep illness out of it: nobody needs it to count days.")]
    string? Note = null,
    [property: Description("Who says so, for the audit trail.")]
    string? By = null,
    [property: Description("Why, for the audit trail.")]
    string? Reason = null) : IJsonRequest<LeaveRequest>
{
    public static JsonTypeInfo<LeaveRequest> Json => ScheduleJson.Wire.LeaveRequest;

    public static bool IsOptional => false;
}

[Description("A leave of a person.")]
internal sealed record LeaveAnswer(
    [property: Description("The leave's id.")]
    Guid Id,
    [property: Description("The first date.")]
    DateOnly From,
    [property: Description("The last date, included.")]
    DateOnly To,
    [property: Description("Which part of each of these days.")]
    [property: JsonConverter(typeof(CamelCase<LeavePart>))] LeavePart Part,
    [property: Description("What it is.")]
    [property: JsonConverter(typeof(CamelCase<LeaveKind>))] LeaveKind Kind,
    [property: Description("From when on; with the part `hours` only.")]
    TimeOnly? Start,
    [property: Description("Until when; with the part `hours` only.")]
    TimeOnly? End,
    [property: Description("What for.")]
    string? Note);

/// <summary>How schedules look in JSON.</summary>
[JsonSerializable(typeof(ScheduleRequest))]
[JsonSerializable(typeof(ScheduleAnswer))]
[JsonSerializable(typeof(IEnumerable<ScheduleAnswer>))]
[JsonSerializable(typeof(DefaultScheduleRequest))]
[JsonSerializable(typeof(IEnumerable<DefaultScheduleAnswer>))]
[JsonSerializable(typeof(CalendarRequest))]
[JsonSerializable(typeof(CalendarAnswer))]
[JsonSerializable(typeof(IEnumerable<CalendarAnswer>))]
[JsonSerializable(typeof(AssignmentRequest))]
[JsonSerializable(typeof(AssignmentAnswer))]
[JsonSerializable(typeof(IAsyncEnumerable<AssignmentAnswer>))]
[JsonSerializable(typeof(LeaveRequest))]
[JsonSerializable(typeof(LeaveAnswer))]
[JsonSerializable(typeof(IAsyncEnumerable<LeaveAnswer>))]
internal sealed partial class ScheduleJson : JsonSerializerContext
{
    public static ScheduleJson Wire { get; } = new(JsonAnswer.NewOptions());
}
