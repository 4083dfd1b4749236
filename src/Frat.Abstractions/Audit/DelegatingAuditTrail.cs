namespace Frat;

/// <summary>
/// An audit trail that hands every call to an inner one: derive from it, and override what is to be different. See
/// <see cref="FratBuilder.Decorate"/>.
/// </summary>
/// <param name="inner">The inner one. It is not disposed with this one.</param>
public abstract class DelegatingAuditTrail(IAuditTrail inner) : IAuditTrail
{
    /// <summary>The inner one.</summary>
    protected IAuditTrail Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual Task<AuditEntry> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) =>
        Inner.AppendAsync(auditEvent, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<AuditEntry> ReadAsync(
        DateTimeOffset? from = null, DateTimeOffset? until = null, Guid? personId = null, CancellationToken cancellationToken = default) =>
        Inner.ReadAsync(from, until, personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken = default) =>
        Inner.ListAsync(query, cancellationToken);
}
