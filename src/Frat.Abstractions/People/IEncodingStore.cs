namespace Frat;

/// <summary>Keeps the templates that people are recognised by, and tells what changed, so that galleries stay fresh.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Each writing call is one transaction, the entry in the <see cref="IAuditTrail"/> included:
/// it happens whole or not at all. A store that can't be reached throws <see cref="StoreException"/>; a wrong argument throws
/// <see cref="ArgumentException"/>. The first templates of a person come with the enrolment: see <see cref="IPersonStore.EnrollAsync"/>.
/// </remarks>
public interface IEncodingStore
{
    /// <summary>Adds templates to a person, who is recognised by each of them.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="templates">At least one, all of one encoder.</param>
    /// <param name="note">Who adds them.</param>
    /// <param name="cancellationToken">Cancels the call; the templates are then stored all or not at all.</param>
    /// <returns>The templates as they are listed, or null when there is no such person.</returns>
    /// <exception cref="ArgumentException">
    /// There are no templates, or they are of several encoders; a text is empty or too long.
    /// </exception>
    /// <exception cref="ConsentRequiredException">The person's consent isn't in force.</exception>
    /// <exception cref="StoreException">The store failed; nothing was stored.</exception>
    Task<IReadOnlyList<TemplateInfo>?> AddAsync(
        Guid personId, IReadOnlyList<NewTemplate> templates, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Lists a person's templates of all encoders, the oldest first, without the encodings.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The templates; none when there is no such person.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<IReadOnlyList<TemplateInfo>> ListAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Deletes one template.</summary>
    /// <param name="templateId">Which.</param>
    /// <param name="note">Who deletes it.</param>
    /// <param name="cancellationToken">Cancels the call; the template is then deleted or not.</param>
    /// <returns>False when there is no such template.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; nothing was deleted.</exception>
    Task<bool> DeleteAsync(Guid templateId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads the templates of one encoder, as a stream: those of active people whose consent is in force.</summary>
    /// <param name="encoderId">Templates of other encoders are passed over.</param>
    /// <param name="personId">Only this person's, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>
    /// The templates, in no stated order. One that can't be decrypted or read is passed over and reported: it stops nobody else.
    /// </returns>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<FaceTemplate> ReadAsync(string encoderId, Guid? personId = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The sequence of the latest change. Anyone who reads this first and the templates after it has missed nothing: what came
    /// between is told again by <see cref="ListChangesAsync"/>, and reading a person again is harmless.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>0 when nothing ever changed.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<long> GetSequenceAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists what changed after a sequence, by this process or another.</summary>
    /// <param name="afterSequence">The last sequence that the caller has seen.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The changes, in the order of their sequence; at most some hundreds a call, so call again until none are left.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<IReadOnlyList<TemplateChange>> ListChangesAsync(long afterSequence, CancellationToken cancellationToken = default);

    /// <summary>Waits until there may be a change after a sequence, by this process or another.</summary>
    /// <param name="afterSequence">The last sequence that the caller has seen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes within a second of such a change; it may complete without one.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task WaitForChangesAsync(long afterSequence, CancellationToken cancellationToken = default);
}
