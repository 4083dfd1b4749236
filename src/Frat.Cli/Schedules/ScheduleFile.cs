using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Frat.Cli.Schedules;

/// <summary>
/// A set-up of working time as a file: calendars, schedules, which of them is the default, and who works by which. Names stand for ids, so
/// that it can be kept in version control and brought to another database. Immutable.
/// </summary>
internal sealed record ScheduleFile
{
    public const string Kind = "frat-schedules";
    public const int CurrentVersion = 1;

    private static readonly Schedule Nothing = new() { Name = "", TimeZone = "", Start = default, End = default };

    [JsonRequired]
    public string Document { get; init; } = Kind;

    [JsonRequired]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Null: none are named, as of the lists below.</summary>
    public IReadOnlyList<CalendarEntry>? Calendars { get; init; }

    /// <summary>As <see cref="Schedule"/>, without an id, and with the calendar's name as <c>holidays</c>.</summary>
    public IReadOnlyList<JsonObject>? Schedules { get; init; }

    public IReadOnlyList<DefaultEntry>? Defaults { get; init; }

    public IReadOnlyList<AssignmentEntry>? Assignments { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It isn't one; the message says why, for a person to read.</exception>
    public static async Task<ScheduleFile> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var file = await JsonSerializer.DeserializeAsync(stream, ScheduleJson.Default.ScheduleFile, cancellationToken)
            .ConfigureAwait(false);
        return file is { Document: Kind, Version: CurrentVersion }
            && file.Calendars?.Contains(null!) != true && file.Schedules?.Contains(null!) != true
            && file.Defaults?.Contains(null!) != true && file.Assignments?.Contains(null!) != true
                ? file
                : throw new JsonException($"This isn't a document \"{Kind}\" of version {CurrentVersion}.");
    }

    public Task WriteAsync(Stream stream, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeAsync(stream, this, ScheduleJson.Default.ScheduleFile, cancellationToken);

    /// <summary>A schedule as it stands in a file.</summary>
    public static JsonObject Entry(Schedule schedule, string? calendar)
    {
        var entry = JsonSerializer.SerializeToNode(schedule, ScheduleJson.Default.Schedule)!.AsObject();
        entry.Remove("id");
        entry.Remove("holidayCalendarId");
        entry.Add("holidays", calendar);
        return entry;
    }

    /// <summary>The schedule of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="id">The schedule's id.</param>
    /// <param name="calendars">The calendars' ids by name.</param>
    /// <exception cref="JsonException">It isn't one; the message says why, for a person to read.</exception>
    public static Schedule Read(JsonObject entry, Guid id, IReadOnlyDictionary<string, Guid> calendars)
    {
        // What an entry leaves out is as in a schedule that says nothing else; what it adds is refused.
        var (whole, pattern) = (Entry(Nothing, calendar: null), entry["pattern"] as JsonArray);
        foreach (var required in pattern is { Count: > 0 } ? (string[])["name", "timeZone"] : ["name", "timeZone", "start", "end"])
        {
            if (entry[required] is null)
            {
                throw new JsonException($"It has no {required}.");
            }
        }

        foreach (var (name, value) in entry)
        {
            whole[name] = value?.DeepClone();
        }

        whole.Remove("holidays", out var holidays);
        var schedule = whole.Deserialize(ScheduleJson.Default.Schedule)!;
        Guid? calendar = null;
        if (holidays is not null)
        {
            var name = holidays.GetValueKind() == JsonValueKind.String ? holidays.GetValue<string>() : holidays.ToJsonString();
            calendar = calendars.TryGetValue(name, out var found) ? found : throw new JsonException($"There is no calendar \"{name}\".");
        }

        // In the order in which a database tells them, Monday first.
        var sorted = (schedule.Pattern ?? []).OrderBy(hours => hours.Week).ThenBy(hours => ((int)hours.Day + 6) % 7)
            .ThenBy(hours => hours.Start).ToList();
        return schedule with { Id = id, HolidayCalendarId = calendar, Pattern = sorted.Count == 0 ? [] : sorted };
    }

    /// <summary>The name of an entry; empty where it has none.</summary>
    public static string NameOf(JsonObject entry) =>
        entry.TryGetPropertyValue("name", out var name) && name?.GetValueKind() == JsonValueKind.String ? name.GetValue<string>() : "";
}

/// <summary>A calendar in a file.</summary>
internal sealed record CalendarEntry([property: JsonRequired] string Name, [property: JsonRequired] IReadOnlyList<Holiday> Holidays);

/// <summary>Which schedule is the default from when on; null: none.</summary>
internal sealed record DefaultEntry([property: JsonRequired] DateOnly From, string? Schedule);

/// <summary>Who works by which schedule, and when.</summary>
internal sealed record AssignmentEntry(
    [property: JsonRequired] string EmployeeId,
    [property: JsonRequired] string Schedule,
    [property: JsonRequired] DateOnly From,
    DateOnly? To = null,
    string? Holidays = null);

/// <summary>How the file looks.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ScheduleFile))]
[JsonSerializable(typeof(Schedule))]
internal sealed partial class ScheduleJson : JsonSerializerContext;
