using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>The audit trail in a relational database.</summary>
internal sealed class AuditTrail(FratDatabase database, TimeProvider time) : IAuditTrail
{
    public async Task<AuditEntry> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        AuditEvent.ThrowIfInvalid(auditEvent);
        var now = time.GetUtcNow();
        var row = await database.WriteAsync("AppendAudit", AppendAsync, cancellationToken).ConfigureAwait(false);
        return row.ToEntry();

        Task<AuditEntryRow> AppendAsync(FratDbContext context, CancellationToken cancel) => Task.FromResult(
            context.Audit(now, auditEvent.Note, auditEvent.Action, auditEvent.PersonId, auditEvent.Old, auditEvent.New));
    }

    public async IAsyncEnumerable<AuditEntry> ReadAsync(
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        Guid? personId = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const string Operation = "ReadAudit";

        // Looked up once by time; then it goes by sequence, which is the order of the contract.
        var (first, last) = from is null && until is null
            ? (0, long.MaxValue)
            : await database.ReadAsync(Operation, FindBoundsAsync, cancellationToken).ConfigureAwait(false);
        await foreach (var row in database.StreamAsync<AuditEntryRow>(Operation, Query, cancellationToken).ConfigureAwait(false))
        {
            // Where a clock was set, there are others between.
            if (!(row.At < from) && !(row.At >= until))
            {
                yield return row.ToEntry();
            }
        }

        IQueryable<AuditEntryRow> Query(FratDbContext context, AuditEntryRow? after)
        {
            var next = after?.Sequence + 1 ?? first;
            var entries = context.AuditEntries.Where(entry => entry.Sequence >= next && entry.Sequence <= last);
            entries = personId is { } id ? entries.Where(entry => entry.PersonId == id) : entries;
            return entries.OrderBy(entry => entry.Sequence);
        }

        async Task<(long First, long Last)> FindBoundsAsync(FratDbContext context, CancellationToken cancel)
        {
            IQueryable<AuditEntryRow> entries = context.AuditEntries;
            entries = from is { } begin ? entries.Where(entry => entry.At >= begin) : entries;
            entries = until is { } end ? entries.Where(entry => entry.At < end) : entries;
            return (await entries.MinAsync(entry => (long?)entry.Sequence, cancel).ConfigureAwait(false) ?? 1,
                await entries.MaxAsync(entry => (long?)entry.Sequence, cancel).ConfigureAwait(false) ?? 0);
        }
    }

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        AuditQuery.ThrowIfInvalid(query);
        var rows = await database.ReadAsync("ListAudit", ListAsync, cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => row.ToEntry());

        Task<List<AuditEntryRow>> ListAsync(FratDbContext context, CancellationToken cancel)
        {
            var entries = context.AuditEntries.Where(entry => entry.Sequence > query.AfterSequence);
            entries = query.PersonId is { } id ? entries.Where(entry => entry.PersonId == id) : entries;
            entries = query.From is { } from ? entries.Where(entry => entry.At >= from) : entries;
            entries = query.Until is { } until ? entries.Where(entry => entry.At < until) : entries;
            return entries.OrderBy(entry => entry.Sequence).Take(query.Take).ToListAsync(cancel);
        }
    }
}
