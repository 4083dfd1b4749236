using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("Who was recognised.")]
internal sealed record RecognizedPerson(
    [property: Description("The employer's ID of the person.")]
    string EmployeeId,
    [property: Description("The person's name.")]
    string Name)
{
    public static RecognizedPerson Of(Person person) => new(person.EmployeeId, person.Name);
}

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

[Description("The punch that was recorded; of a call that was repeated, the first one's.")]
internal sealed record PunchAnswer(
    [property: Description("The punch's id, to correct it by.")]
    Guid Id,
    [property: Description("Whether the person came or went by it; `undetermined` for a passage within a stay, or when it didn't count.")]
    [property: JsonConverter(typeof(CamelCase<PunchDirection>))] PunchDirection Direction,
    [property: Description("Whether it came so soon after another one that it was recorded and not counted.")]
    bool Duplicate)
{
    public static PunchAnswer Of(PunchReceipt receipt) => new(receipt.PunchId, receipt.Direction, receipt.Duplicate);
}

[Description("What came of a check-in.")]
internal sealed record CheckInAnswer(
    [property: Description("What came of it; only `recognized` recorded anything.")]
    [property: JsonConverter(typeof(CamelCase<IdentificationOutcome>))] IdentificationOutcome Outcome,
    [property: Description("The same as a sentence for a person.")]
    string Message,
    [property: Description("Who it was, when `recognized`.")]
    RecognizedPerson? Person,
    [property: Description("What was recorded, when `recognized`.")]
    PunchAnswer? Punch,
    [property: Description("What the day came to, when `recognized`.")]
    MarkedDay? Attendance)
{
    public static CheckInAnswer Of(CheckInResult result) => new(
        result.Outcome,
        CheckInTexts.Of(result),
        result.Receipt is { Day.Person: var person } ? RecognizedPerson.Of(person) : null,
        result.Receipt is { } punch ? PunchAnswer.Of(punch) : null,
        result.Receipt is { } receipt ? MarkedDay.Of(receipt) : null);
}

[Description("What came of a punch without a face: what a check-in is answered when somebody is recognised.")]
internal sealed record PunchReceiptAnswer(
    [property: Description("The same as a sentence for a person.")]
    string Message,
    [property: Description("Whose it is.")]
    RecognizedPerson Person,
    [property: Description("What was recorded.")]
    PunchAnswer Punch,
    [property: Description("What the day came to.")]
    MarkedDay Attendance)
{
    public static PunchReceiptAnswer Of(PunchReceipt receipt) => new(
        CheckInTexts.Of(receipt), RecognizedPerson.Of(receipt.Day.Person), PunchAnswer.Of(receipt), MarkedDay.Of(receipt));
}

/// <summary>How check-ins look in JSON.</summary>
[JsonSerializable(typeof(CheckInAnswer))]
[JsonSerializable(typeof(PunchReceiptAnswer))]
[JsonSerializable(typeof(PinPunchRequest))]
[JsonSerializable(typeof(ManualPunchRequest))]
internal sealed partial class CheckInJson : JsonSerializerContext
{
    public static CheckInJson Wire { get; } = new(JsonAnswer.NewOptions());
}
