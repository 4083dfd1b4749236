namespace Frat;

/// <summary>Keeps people and their templates, and tells what changed, so that galleries stay fresh.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Each writing call is one transaction: it happens whole or not at all. A store
/// that can't be reached throws <see cref="EncodingStoreException"/>; a wrong argument throws <see cref="ArgumentException"/>.
/// </remarks>
public interface IEncodingStore
{
    /// <summary>Stores a new person with templates. Of two calls with one employee ID at the same moment, one creates.</summary>
    /// <param name="enrollment">Whom to store.</param>
    /// <param name="cancellationToken">Gives up; the enrolment is then stored whole or not at all.</param>
    /// <returns>The new person, or the one who has the employee ID already.</returns>
    /// <exception cref="ArgumentException">A text is empty, too long or not in its normal form, or there are no encodings.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was stored.</exception>
    Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default);

    /// <summary>Finds a person by employee ID.</summary>
    /// <param name="employeeId">The ID, in the form of <see cref="Person.Normalize"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The person, or null.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task<Person?> FindAsync(string employeeId, CancellationToken cancellationToken = default);

    /// <summary>Lists everybody, ordered by employee ID, as a stream.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The people.</returns>
    /// <exception cref="EncodingStoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<Person> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes a person's templates: the next probe is unknown. The person and the attendance stay.</summary>
    /// <param name="personId">Whose templates.</param>
    /// <param name="cancellationToken">Gives up; the templates are then deleted all or not at all.</param>
    /// <returns>False when there was no template.</returns>
    /// <exception cref="EncodingStoreException">The store failed; nothing was deleted.</exception>
    Task<bool> RevokeAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Deletes a person with templates, punches and days.</summary>
    /// <param name="personId">Whom to forget.</param>
    /// <param name="cancellationToken">Gives up; the person is then forgotten or kept whole.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="EncodingStoreException">The store failed; nothing was deleted.</exception>
    Task<bool> ForgetAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Reads the templates of one encoder, as a stream.</summary>
    /// <param name="encoderId">Templates of other encoders are passed over.</param>
    /// <param name="personId">Only this person's, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The templates, in no stated order.</returns>
    /// <exception cref="EncodingStoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<FaceTemplate> ReadTemplatesAsync(string encoderId, Guid? personId = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The sequence of the latest change. Whoever reads this first and the templates after it has missed nothing: what came
    /// between is told again by <see cref="ReadChangesAsync"/>, and reading a person again is harmless.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>0 when nothing ever changed.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task<long> GetSequenceAsync(CancellationToken cancellationToken = default);

    /// <summary>What changed after a sequence, by this process or another.</summary>
    /// <param name="afterSequence">The last sequence that the caller has seen.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The changes, in the order of their sequence; at most some hundreds a call, so call again until none are left.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task<IReadOnlyList<TemplateChange>> ReadChangesAsync(long afterSequence, CancellationToken cancellationToken = default);

    /// <summary>Waits until there may be a change after a sequence, by this process or another.</summary>
    /// <param name="afterSequence">The last sequence that the caller has seen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes within a second of such a change; it may complete without one.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task WaitForChangesAsync(long afterSequence, CancellationToken cancellationToken = default);
}
