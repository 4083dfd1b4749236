namespace Frat.Testing;

internal sealed class InMemoryAuditTrail(InMemoryDatabase database, TimeProvider time) : IAuditTrail
{
    public Task<AuditEntry> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        AuditEvent.ThrowIfInvalid(auditEvent);
        var now = time.GetUtcNow();
        return database.WriteAsync(
            transaction => transaction.Audit(
                now, auditEvent.Note, auditEvent.Action, auditEvent.PersonId, auditEvent.Old, auditEvent.New),
            cancellationToken);
    }

    public IAsyncEnumerable<AuditEntry> ReadAsync(
        DateTimeOffset? from = null, DateTimeOffset? until = null, Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamAsync(
            state => state.Audit.Where(entry =>
                !(entry.At < from) && !(entry.At >= until) && (personId is null || entry.PersonId == personId)),
            cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        AuditQuery.ThrowIfInvalid(query);
        return database.ReadAsync(Read, cancellationToken);

        IReadOnlyList<AuditEntry> Read(State state) =>
        [
            .. state.Audit.Where(entry => entry.Sequence > query.AfterSequence && !(entry.At < query.From) && !(entry.At >= query.Until)
                && (query.PersonId is null || entry.PersonId == query.PersonId)).Take(query.Take),
        ];
    }
}
