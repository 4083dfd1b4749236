namespace Frat;

/// <summary>
/// A store of consents that hands every call to an inner one: derive from it, and override what is to be different. See
/// <see cref="FratBuilder.Decorate"/>.
/// </summary>
/// <param name="inner">The inner one. It is not disposed with this one.</param>
public abstract class DelegatingConsentStore(IConsentStore inner) : IConsentStore
{
    /// <summary>The inner one.</summary>
    protected IConsentStore Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual Task<bool> RecordAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.RecordAsync(personId, consent, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<Consent>> ListAsync(Guid personId, CancellationToken cancellationToken = default) =>
        Inner.ListAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.RevokeAsync(personId, note, cancellationToken);
}
