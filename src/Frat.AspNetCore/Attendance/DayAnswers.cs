using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Frat.AspNetCore;

[Description("A punch as it counted.")]
internal sealed record DayPunchAnswer(
    [property: Description("The punch's id.")]
    Guid PunchId,
    [property: Description("The time that counted, by the site's clock, as `YYYY-MM-DDTHH:MM:SS`: its own, or the correction's.")]
    string LocalTime,
    [property: Description("What it counted as.")]
    [property: JsonConverter(typeof(CamelCase<PunchRole>))] PunchRole Role,
    [property: Description("Whether it was in no shift's window and belongs to the nearest one.")]
    bool OutsideWindow,
    [property: Description("Whether a correction holds.")]
    bool IsCorrected);

[Description("When somebody is expected, by the schedule's clock, as `YYYY-MM-DDTHH:MM:SS`.")]
internal sealed record ShiftSpanAnswer(
    [property: Description("From when on.")]
    string Start,
    [property: Description("Until when.")]
    string End);

[Description("A day of a person with what each punch counted as.")]
internal sealed record DayDetailAnswer(
    [property: Description("The work date.")]
    DateOnly Date,
    [property: Description("What it came to; null where there is nothing to say.")]
    DayAnswer? Day,
    [property: Description("The day's punches, void ones too, in the order of the times that counted.")]
    IReadOnlyList<DayPunchAnswer> Punches,
    [property: Description("When the person is expected, less leave and holidays.")]
    IReadOnlyList<ShiftSpanAnswer> Expected,
    [property: Description("When the day is judged for good; null when it is.")]
    DateTimeOffset? ClosesAt)
{
    public static DayDetailAnswer Of(DayDetail detail) => new(
        detail.Date,
        detail.Day is { } day ? DayAnswer.Of(day) : null,
        [.. detail.Punches.Select(punch => new DayPunchAnswer(
            punch.PunchId, LocalTimes.Text(punch.LocalTime), punch.Role, punch.OutsideWindow, punch.IsCorrected))],
        [.. detail.Expected.Select(span => new ShiftSpanAnswer(LocalTimes.Text(span.Start), LocalTimes.Text(span.End)))],
        detail.ClosesAt);
}

[Description("What is to count instead of a punch.")]
internal sealed record CorrectionRequest(
    [property: Description("Whether the punch never was. Else `localTime` says when it was.")]
    bool IsVoid = false,
    [property: Description("The time that is to count, by the site's clock, as `YYYY-MM-DDTHH:MM:SS`.")]
    string? LocalTime = null,
    [property: Description("Coming or going, where that is to count instead; null keeps the punch's own.")]
    [property: JsonConverter(typeof(CamelCase<PunchDirection>))] PunchDirection? Direction = null,
    [property: Description("Sent again with the same id, a correction is made once. A new one when left out.")]
    Guid? Id = null,
    [property: Description("Who corrects.")]
    string? By = null,
    [property: Description("Why; required.")]
    string? Reason = null) : IJsonRequest<CorrectionRequest>
{
    public static JsonTypeInfo<CorrectionRequest> Json => AttendanceJson.Wire.CorrectionRequest;

    public static bool IsOptional => false;
}

[Description("A correction of a punch.")]
internal sealed record CorrectionAnswer(
    [property: Description("The correction's id.")]
    Guid Id,
    [property: Description("The punch that is corrected.")]
    Guid PunchId,
    [property: Description("Whether the punch never was.")]
    bool IsVoid,
    [property: Description("The time that counts instead, by the site's clock.")]
    string? LocalTime,
    [property: Description("Coming or going, where that counts instead.")]
    [property: JsonConverter(typeof(CamelCase<PunchDirection>))] PunchDirection? Direction,
    [property: Description("Who corrected.")]
    ActorAnswer By,
    [property: Description("Why.")]
    string Reason,
    [property: Description("When the correction was made.")]
    DateTimeOffset At)
{
    public static CorrectionAnswer Of(PunchCorrection correction) => new(
        correction.Id,
        correction.PunchId,
        correction.LocalTime is null,
        correction.LocalTime is { } time ? LocalTimes.Text(time) : null,
        correction.Direction,
        ActorAnswer.Of(correction.By),
        correction.Reason,
        correction.At);
}

/// <summary>Times by the site's clock, which have no offset.</summary>
internal static class LocalTimes
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss";

    public static string Text(DateTime time) => time.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTime? Read(string? text) =>
        DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
