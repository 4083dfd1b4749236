using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Frat;

/// <inheritdoc/>
internal sealed class PersonExportService(
    IPersonStore people,
    IConsentStore consents,
    IEncodingStore encodings,
    IAttendanceLog log,
    IScheduleStore schedules,
    IAuditTrail audit,
    IEnumerable<IPersonExportPart> parts,
    TimeProvider time) : IPersonExportService
{
    private const string Document = "frat-person";
    private const int Version = 1;

    public async Task<bool> WriteAsync(
        Guid personId, Stream output, AuditNote note, PersonExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(note);
        var withEncodings = options?.IncludeEncodings == true;
        if (await people.FindAsync(personId, cancellationToken).ConfigureAwait(false) is not { } person)
        {
            return false;
        }

        await audit.AppendAsync(
            new AuditEvent
            {
                Action = AuditActions.PersonExported,
                PersonId = personId,
                New = withEncodings ? "with encodings" : "without encodings",
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
        json.WriteString("exportedAt", time.GetUtcNow());
        json.WritePropertyName("person");
        JsonSerializer.Serialize(json, person, types.Person);
        var inactive = await people.ListInactivePeriodsAsync(personId, cancellationToken).ConfigureAwait(false);
        await WriteArrayAsync("inactivePeriods", inactive.ToAsyncEnumerable(), types.InactivePeriod).ConfigureAwait(false);
        var given = await consents.ListAsync(personId, cancellationToken).ConfigureAwait(false);
        await WriteArrayAsync("consents", given.ToAsyncEnumerable(), types.Consent).ConfigureAwait(false);
        await WriteArrayAsync(
            "templates", ReadTemplatesAsync(personId, withEncodings, cancellationToken), types.ExportedTemplate).ConfigureAwait(false);
        await WriteArrayAsync("punches", ReadPunchesAsync(personId, cancellationToken), types.ExportedPunch).ConfigureAwait(false);
        var days = log.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue, personId, DayOrder.EarliestFirst, cancellationToken);
        await WriteArrayAsync("days", days.Select(ExportedDay.Of), types.ExportedDay).ConfigureAwait(false);
        await WriteArrayAsync(
            "leaves",
            schedules.ReadLeavesAsync(DateOnly.MinValue, DateOnly.MaxValue, personId, cancellationToken),
            types.Leave).ConfigureAwait(false);
        await WriteArrayAsync(
            "assignments", ReadAssignmentsAsync(personId, cancellationToken), types.ExportedAssignment).ConfigureAwait(false);
        await WriteArrayAsync(
            "audit", audit.ReadAsync(personId: personId, cancellationToken: cancellationToken), types.AuditEntry).ConfigureAwait(false);
        foreach (var part in parts)
        {
            json.WritePropertyName(part.Name);
            await part.WriteAsync(personId, json, cancellationToken).ConfigureAwait(false);
        }

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
        Guid personId, bool withEncodings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var templates = await encodings.ListAsync(personId, cancellationToken).ConfigureAwait(false);
        var values = new Dictionary<Guid, float[]>();
        foreach (var encoder in withEncodings ? templates.Select(template => template.EncoderId).Distinct() : [])
        {
            await foreach (var template in encodings.ReadAsync(encoder, personId, cancellationToken).ConfigureAwait(false))
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
        await foreach (var punch in log.ReadPunchesAsync(
            DateOnly.MinValue, DateOnly.MaxValue, personId, cancellationToken).ConfigureAwait(false))
        {
            yield return ExportedPunch.Of(punch, await log.ListCorrectionsAsync(punch.Id, cancellationToken).ConfigureAwait(false));
        }
    }

    private async IAsyncEnumerable<ExportedAssignment> ReadAssignmentsAsync(
        Guid personId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = (await schedules.ListSchedulesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(
            schedule => schedule.Id, schedule => schedule.Name);
        await foreach (var assignment in schedules.ReadAssignmentsAsync(personId, cancellationToken).ConfigureAwait(false))
        {
            yield return new ExportedAssignment(
                assignment.Id,
                assignment.ScheduleId,
                names.GetValueOrDefault(assignment.ScheduleId),
                assignment.From,
                assignment.To,
                assignment.HolidayCalendarId);
        }
    }
}
