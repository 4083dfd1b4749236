namespace Frat.Storage.EfCore;

/// <summary>The audit trail in a relational database.</summary>
internal sealed class AuditTrail(FratDatabase database, TimeProvider time) : IAuditTrail
{
    public async Task<AuditEntry> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        Arguments.Check(auditEvent);
        var now = time.GetUtcNow();
        var row = await database.WriteAsync("AppendAudit", AppendAsync, cancellationToken).ConfigureAwait(false);
        return row.ToEntry();

        Task<AuditEntryRow> AppendAsync(FratDbContext context, CancellationToken cancel) => Task.FromResult(
            context.Audit(now, auditEvent.Note, auditEvent.Action, auditEvent.PersonId, auditEvent.Old, auditEvent.New));
    }

    public IAsyncEnumerable<AuditEntry> ReadAsync(
        DateTimeOffset? from = null, DateTimeOffset? until = null, Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamAsync(
            "ReadAudit",
            context =>
            {
                IQueryable<AuditEntryRow> entries = context.AuditEntries;
                entries = from is { } first ? entries.Where(entry => entry.At >= first) : entries;
                entries = until is { } end ? entries.Where(entry => entry.At < end) : entries;
                entries = personId is { } id ? entries.Where(entry => entry.PersonId == id) : entries;
                return entries.OrderBy(entry => entry.Sequence).Select(entry => entry.ToEntry());
            },
            cancellationToken);
}
