using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("Who was recognised.")]
internal sealed record RecognizedPerson(
    [property: Description("The employer's ID of the person.")]
    string EmployeeId,
    [property: Description("The person's name.")]
    string Name);

[Description("What the day of a recognised person came to.")]
internal sealed record MarkedDay(
    [property: Description("The date at the site.")]
    DateOnly Date,
    [property: Description("The time at the site of the check-in that marked the day.")]
    TimeOnly? Time,
    [property: Description("What the day came to.")]
    [property: JsonConverter(typeof(CamelCase<AttendanceStatus>))] AttendanceStatus Status,
    [property: Description("True when this check-in marked the day; false when it had been marked already.")]
    bool Marked)
{
    [Description("What kind of day it is.")]
    [JsonConverter(typeof(CamelCase<DayKind>))]
    public required DayKind Kind { get; init; }

    [Description("The leave of that day; null where there is none.")]
    [JsonConverter(typeof(CamelCase<LeavePart>))]
    public required LeavePart? Leave { get; init; }

    [Description("The hours that the schedule asks for, less the break; 0 where nobody is expected.")]
    public required double ExpectedHours { get; init; }

    [Description("The hours worked so far.")]
    public required double WorkedHours { get; init; }

    public static MarkedDay Of(PunchReceipt receipt) =>
        new(receipt.Day.Date, DayAnswer.ToSeconds(receipt.Day.Time), receipt.Day.Status, receipt.Marked)
        {
            Kind = receipt.Day.Kind,
            Leave = receipt.Day.Leave,
            ExpectedHours = DayAnswer.Hours(receipt.Day.Expected),
            WorkedHours = DayAnswer.Hours(receipt.Day.Worked),
        };
}

[Description("What came of a check-in.")]
internal sealed record CheckInAnswer(
    [property: Description("What came of it; only `recognized` recorded anything.")]
    [property: JsonConverter(typeof(CamelCase<CheckInOutcome>))] CheckInOutcome Outcome,
    [property: Description("The same as a sentence for a person.")]
    string Message,
    [property: Description("Who it was, when `recognized`.")]
    RecognizedPerson? Person,
    [property: Description("What the day came to, when `recognized`.")]
    MarkedDay? Attendance);

/// <summary>How check-ins look in JSON.</summary>
[JsonSerializable(typeof(CheckInAnswer))]
internal sealed partial class CheckInJson : JsonSerializerContext
{
    public static CheckInJson Wire { get; } = new(JsonAnswer.NewOptions());
}
