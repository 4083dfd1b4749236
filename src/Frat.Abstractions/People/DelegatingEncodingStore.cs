namespace Frat;

/// <summary>
/// A store of templates that hands every call to an inner one: derive from it, and override what is to be different. See
/// <see cref="FratBuilder.Decorate"/>.
/// </summary>
/// <param name="inner">The inner one. It is not disposed with this one.</param>
public abstract class DelegatingEncodingStore(IEncodingStore inner) : IEncodingStore
{
    /// <summary>The inner one.</summary>
    protected IEncodingStore Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<TemplateInfo>?> AddAsync(
        Guid personId, IReadOnlyList<NewTemplate> templates, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.AddAsync(personId, templates, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<TemplateInfo>> ListAsync(Guid personId, CancellationToken cancellationToken = default) =>
        Inner.ListAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteAsync(Guid templateId, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.DeleteAsync(templateId, note, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<FaceTemplate> ReadAsync(
        string encoderId, Guid? personId = null, CancellationToken cancellationToken = default) =>
        Inner.ReadAsync(encoderId, personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<long> GetSequenceAsync(CancellationToken cancellationToken = default) =>
        Inner.GetSequenceAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<TemplateChange>> ListChangesAsync(
        long afterSequence, CancellationToken cancellationToken = default) =>
        Inner.ListChangesAsync(afterSequence, cancellationToken);

    /// <inheritdoc/>
    public virtual Task WaitForChangesAsync(long afterSequence, CancellationToken cancellationToken = default) =>
        Inner.WaitForChangesAsync(afterSequence, cancellationToken);
}
