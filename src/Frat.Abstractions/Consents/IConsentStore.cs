namespace Frat;

/// <summary>Keeps who agreed to be recognised by face, and who withdrew it.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Each writing call is one transaction, the entry in the <see cref="IAuditTrail"/> included:
/// it happens whole or not at all. A store that can't be reached throws <see cref="StoreException"/>; a wrong argument throws
/// <see cref="ArgumentException"/>. The first consent of a person comes with the enrolment: see <see cref="IPersonStore.EnrollAsync"/>.
/// </remarks>
public interface IConsentStore
{
    /// <summary>Records a consent of a person who is enrolled. Earlier ones are kept.</summary>
    /// <param name="personId">Who consented.</param>
    /// <param name="consent">The consent. Recording the same one again, by its id, changes nothing.</param>
    /// <param name="note">Who records it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long, or the id is another person's consent's.</exception>
    /// <exception cref="StoreException">The store failed; nothing was recorded.</exception>
    Task<bool> RecordAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Lists a person's consents, the latest first, withdrawn and expired ones included.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The consents; none when there is no such person.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<IReadOnlyList<Consent>> ListAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Withdraws a person's consents and deletes the templates, in one transaction: the next probe is unknown. The person and the
    /// attendance stay.
    /// </summary>
    /// <param name="personId">Whose.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call; all is then done or nothing.</param>
    /// <returns>False when there was neither a template nor a consent to withdraw.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; nothing was changed.</exception>
    Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default);
}
