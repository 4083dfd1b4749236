using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Frat;

/// <summary>
/// Writes everything that is kept of one person as a JSON document, for the person who asks for it: <c>{"document", "version",
/// "exportedAt", "person", "inactivePeriods", "consents", "templates", "punches", "days", "leaves", "assignments", "audit"}</c>. Times of a
/// site are without an offset, instants with one.
/// </summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Rows are read while the document is written, so that the memory it takes doesn't grow with
/// them: it is no snapshot, and what changes meanwhile may be in it or not.
/// </remarks>
public sealed class PersonExportService
{
    private const string Document = "frat-person";
    private const int Version = 1;

    private readonly IPersonStore _people;
    private readonly IConsentStore _consents;
    private readonly IEncodingStore _encodings;
    private readonly IAttendanceLog _log;
    private readonly IScheduleStore _schedules;
    private readonly IAuditTrail _audit;
    private readonly TimeProvider _time;

    internal PersonExportService(
        IPersonStore people,
        IConsentStore consents,
        IEncodingStore encodings,
        IAttendanceLog log,
        IScheduleStore schedules,
        IAuditTrail audit,
        TimeProvider time) =>
        (_people, _consents, _encodings, _log, _schedules, _audit, _time) = (people, consents, encodings, log, schedules, audit, time);

    /// <summary>
    /// Writes the document, and that it was asked for into the audit trail: before anything is given out, and also when it breaks off.
    /// </summary>
    /// <param name="personId">Whose data.</param>
    /// <param name="output">Where to; written asynchronously only, neither flushed nor closed. It need not be seekable.</param>
    /// <param name="note">Who exports, and why.</param>
    /// <param name="options">What else it holds; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up; what was written so far is no whole document.</param>
    /// <returns>False when there is no such person: nothing was written.</returns>
    /// <exception cref="ArgumentException">A text of the note is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    public async Task<bool> WriteAsync(
        Guid personId, Stream output, AuditNote note, PersonExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(note);
        var encodings = options?.IncludeEncodings == true;
        if (await _people.FindAsync(personId, cancellationToken).ConfigureAwait(false) is not { } person)
        {
            return false;
        }

        await _audit.AppendAsync(
            new AuditEvent
            {
                Action = AuditActions.PersonExported,
                PersonId = personId,
                New = encodings ? "with encodings" : "without encodings",
                Note = note
            },
            cancellationToken).ConfigureAwait(false);
        var kept = new ReportOutput(output);
        using var json = new Utf8JsonWriter(
            kept, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true });
        var types = PersonExportJson.Default;
        json.WriteStartObject();
        json.WriteString("document", Document);
        json.WriteNumber("version", Version);
        json.WriteString("exportedAt", _time.GetUtcNow());
        json.WritePropertyName("person");
        JsonSerializer.Serialize(json, person, types.Person);
        var inactive = await _people.ListInactivePeriodsAsync(personId, cancellationToken).ConfigureAwait(false);
        await WriteArrayAsync("inactivePeriods", inactive.ToAsyncEnumerable(), types.InactivePeriod).ConfigureAwait(false);
        var consents = await _consents.ListAsync(personId, cancellationToken).ConfigureAwait(false);
        await WriteArrayAsync("consents", consents.ToAsyncEnumerable(), types.Consent).ConfigureAwait(false);
        await WriteArrayAsync(
            "templates", ReadTemplatesAsync(personId, encodings, cancellationToken), types.ExportedTemplate).ConfigureAwait(false);
        await WriteArrayAsync("punches", ReadPunchesAsync(personId, cancellationToken), types.ExportedPunch).ConfigureAwait(false);
        var days = _log.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue, personId, DayOrder.EarliestFirst, cancellationToken);
        await WriteArrayAsync("days", days.Select(ExportedDay.Of), types.ExportedDay).ConfigureAwait(false);
        await WriteArrayAsync(
            "leaves",
            _schedules.ReadLeavesAsync(DateOnly.MinValue, DateOnly.MaxValue, personId, cancellationToken),
            types.Leave).ConfigureAwait(false);
        await WriteArrayAsync(
            "assignments", ReadAssignmentsAsync(personId, cancellationToken), types.ExportedAssignment).ConfigureAwait(false);
        await WriteArrayAsync(
            "audit", _audit.ReadAsync(personId: personId, cancellationToken: cancellationToken), types.AuditEntry).ConfigureAwait(false);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken).ConfigureAwait(false);
        await kept.DrainAsync(cancellationToken).ConfigureAwait(false);
        return true;

        async Task WriteArrayAsync<T>(string name, IAsyncEnumerable<T> items, JsonTypeInfo<T> type)
        {
            json.WriteStartArray(name);
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                JsonSerializer.Serialize(json, item, type);
                await json.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (kept.IsFull)
                {
                    await kept.DrainAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            json.WriteEndArray();
        }
    }

    private async IAsyncEnumerable<ExportedTemplate> ReadTemplatesAsync(
        Guid personId, bool encodings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var templates = await _encodings.ListAsync(personId, cancellationToken).ConfigureAwait(false);
        var values = new Dictionary<Guid, float[]>();
        foreach (var encoder in encodings ? templates.Select(template => template.EncoderId).Distinct() : [])
        {
            await foreach (var template in _encodings.ReadAsync(encoder, personId, cancellationToken).ConfigureAwait(false))
            {
                values[template.Id] = template.Encoding.Values.ToArray();
            }
        }

        foreach (var template in templates)
        {
            yield return ExportedTemplate.Of(template, values.GetValueOrDefault(template.Id));
        }
    }

    private async IAsyncEnumerable<ExportedPunch> ReadPunchesAsync(
        Guid personId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var punch in _log.ReadPunchesAsync(
            DateOnly.MinValue, DateOnly.MaxValue, personId, cancellationToken).ConfigureAwait(false))
        {
            yield return ExportedPunch.Of(punch, await _log.ListCorrectionsAsync(punch.Id, cancellationToken).ConfigureAwait(false));
        }
    }

    private async IAsyncEnumerable<ExportedAssignment> ReadAssignmentsAsync(
        Guid personId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = (await _schedules.ListSchedulesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(
            schedule => schedule.Id, schedule => schedule.Name);
        await foreach (var assignment in _schedules.ReadAssignmentsAsync(personId, cancellationToken).ConfigureAwait(false))
        {
            yield return new ExportedAssignment(
                assignment.Id, assignment.ScheduleId, names.GetValueOrDefault(assignment.ScheduleId), assignment.From, assignment.To);
        }
    }
}
