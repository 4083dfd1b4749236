namespace Frat;

/// <summary>Who did what, when and why: append-only.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. The stores write the entries of their own changes in the transaction of the change: this
/// contract is for reading, and for what a host does beside. No member changes or deletes an entry, and FRAT's own stores have the database
/// refuse it; anyone who owns the database can take these guards away, which their <c>AuditVerifier</c> is for.
/// </remarks>
public interface IAuditTrail
{
    /// <summary>Writes an entry.</summary>
    /// <param name="auditEvent">What happened.</param>
    /// <param name="cancellationToken">Cancels the call; the entry is then written or not.</param>
    /// <returns>The entry as it is kept.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; the entry is not written.</exception>
    Task<AuditEntry> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default);

    /// <summary>Reads entries in the order in which they were written, as a stream.</summary>
    /// <param name="from">The first moment; null for the beginning.</param>
    /// <param name="until">The moment before which to end; null for no end.</param>
    /// <param name="personId">Only what is about this person, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The entries.</returns>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<AuditEntry> ReadAsync(
        DateTimeOffset? from = null, DateTimeOffset? until = null, Guid? personId = null, CancellationToken cancellationToken = default);

    /// <summary>Lists entries in the order in which they were written, a page at a time.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The entries.</returns>
    /// <exception cref="ArgumentException">Take is out of its range.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken = default);
}
