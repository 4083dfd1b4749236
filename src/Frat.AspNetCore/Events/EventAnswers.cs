using System.ComponentModel;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("What is to count instead of a punch.")]
internal sealed record CorrectionEvent(
    [property: Description("The correction's id.")]
    Guid Id,
    [property: Description("Whether the punch never was.")]
    bool IsVoid,
    [property: Description("The time that counts instead, by the site's clock, as `YYYY-MM-DDTHH:MM:SS`.")]
    string? LocalTime,
    [property: Description("Coming or going, where that counts instead.")]
    [property: JsonConverter(typeof(CamelCase<PunchDirection>))] PunchDirection? Direction);

[Description("The `data` of an event `punch` or `correction`.")]
internal sealed record EventAnswer(
    [property: Description("What tells it from all others, where one comes twice: the id of the punch or of the correction.")]
    Guid Id,
    [property: Description("When it was recorded.")]
    DateTimeOffset RecordedAt,
    [property: Description("Whose punch it is.")]
    RecognizedPerson Person,
    [property: Description("The punch, as it was recorded.")]
    PunchAnswer Punch,
    [property: Description("When it was, by the site's clock, as `YYYY-MM-DDTHH:MM:SS`.")]
    string LocalTime,
    [property: Description("The zone of the site.")]
    string TimeZone,
    [property: Description("How the person was identified.")]
    [property: JsonConverter(typeof(CamelCase<PunchMethod>))] PunchMethod Method,
    [property: Description("The kiosk or device.")]
    string Source,
    [property: Description("The device's id, where it has one.")]
    Guid? DeviceId,
    [property: Description("What the day had come to when the punch was recorded; a correction may have changed it since.")]
    MarkedDay Attendance,
    [property: Description("The correction, of an event `correction`.")]
    CorrectionEvent? Correction)
{
    public static EventAnswer Of(AttendanceChange change) => new(
        change.Id,
        change.At,
        RecognizedPerson.Of(change.Receipt.Day.Person),
        PunchAnswer.Of(change.Receipt),
        LocalTimes.Text(change.Punch.LocalTime),
        change.Punch.TimeZone,
        change.Punch.Method,
        change.Punch.Source,
        change.Punch.DeviceId,
        MarkedDay.Of(change.Receipt),
        change.Correction is { } correction
            ? new CorrectionEvent(
                correction.Id,
                correction.LocalTime is null,
                correction.LocalTime is { } time ? LocalTimes.Text(time) : null,
                correction.Direction)
            : null);
}

[Description("The `data` of an event `gap`.")]
internal sealed record GapAnswer(
    [property: Description("From when on there are events. What was recorded before it has to be read in another way.")]
    DateTimeOffset Since);

/// <summary>How events look in JSON.</summary>
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(GapAnswer))]
internal sealed partial class EventJson : JsonSerializerContext
{
    public static EventJson Wire { get; } = new(JsonAnswer.NewOptions());
}

/// <summary>The events as they are sent. The JSON is written here: the framework would take the application's settings.</summary>
internal static class EventItems
{
    private static readonly TimeSpan Reconnection = TimeSpan.FromSeconds(3);

    /// <param name="change">What happened.</param>
    /// <param name="now">The time. What a clock that is ahead has dated is no later than that for who goes on from it.</param>
    public static SseItem<string> Of(AttendanceChange change, DateTimeOffset now)
    {
        var data = JsonSerializer.Serialize(EventAnswer.Of(change), EventJson.Wire.EventAnswer);
        return new(data, change.Correction is null ? "punch" : "correction") { EventId = IdOf(change.At < now ? change.At : now) };
    }

    public static SseItem<string> Gap(DateTimeOffset since) => new(JsonSerializer.Serialize(new(since), EventJson.Wire.GapAnswer), "gap");

    /// <summary>That nothing happened: without it, nobody would see that a connection is dead.</summary>
    /// <param name="knownUntil">From when to go on; null where that isn't known yet.</param>
    public static SseItem<string> Heartbeat(DateTimeOffset? knownUntil) => new("", "heartbeat")
    {
        EventId = knownUntil is { } moment ? IdOf(moment) : null,
        ReconnectionInterval = Reconnection,
    };

    /// <summary>The moment of the event with an id; null where it is none.</summary>
    public static DateTimeOffset? ReadId(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
        && microseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() * 1000
            ? DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds)
            : null;

    private static string IdOf(DateTimeOffset moment) => ((moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
        .ToString(CultureInfo.InvariantCulture);
}
