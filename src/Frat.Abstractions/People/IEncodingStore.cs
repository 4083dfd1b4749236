namespace Frat;

/// <summary>Keeps people, their consents and their templates, and tells what changed, so that galleries stay fresh.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Each writing call is one transaction, the entry in the <see cref="IAuditTrail"/> included:
/// it happens whole or not at all. A store that can't be reached throws <see cref="EncodingStoreException"/>; a wrong argument throws
/// <see cref="ArgumentException"/>. Nobody has templates without having consented: see <see cref="ConsentRequiredException"/>.
/// </remarks>
public interface IEncodingStore
{
    /// <summary>Stores a new person with templates. Of two calls with one employee ID at the same moment, one creates.</summary>
    /// <param name="enrollment">Whom to store.</param>
    /// <param name="cancellationToken">Gives up; the enrolment is then stored whole or not at all.</param>
    /// <returns>The new person, or the one who has the employee ID already.</returns>
    /// <exception cref="ArgumentException">
    /// A text is empty, too long or not in its normal form, or the templates are of several encoders.
    /// </exception>
    /// <exception cref="ConsentRequiredException">There are templates, and no consent that is in force.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was stored.</exception>
    Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default);

    /// <summary>Finds a person by employee ID.</summary>
    /// <param name="employeeId">The ID, in the form of <see cref="Person.Normalize"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The person, or null.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task<Person?> FindAsync(string employeeId, CancellationToken cancellationToken = default);

    /// <summary>Finds a person by FRAT's own id.</summary>
    /// <param name="personId">The id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The person, or null.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Lists everybody, ordered by employee ID, as a stream.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The people.</returns>
    /// <exception cref="EncodingStoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<Person> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds templates to a person, who is recognised by each of them.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="templates">At least one, all of one encoder.</param>
    /// <param name="note">Who adds them.</param>
    /// <param name="cancellationToken">Gives up; the templates are then stored all or not at all.</param>
    /// <returns>The templates as they are listed, or null when there is no such person.</returns>
    /// <exception cref="ArgumentException">
    /// There are no templates, or they are of several encoders; a text is empty or too long.
    /// </exception>
    /// <exception cref="ConsentRequiredException">The person's consent isn't in force.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was stored.</exception>
    Task<IReadOnlyList<TemplateInfo>?> AddTemplatesAsync(
        Guid personId, IReadOnlyList<NewTemplate> templates, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Lists a person's templates of all encoders, the oldest first, without the encodings.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The templates; none when there is no such person.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task<IReadOnlyList<TemplateInfo>> ListTemplatesAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Deletes one template.</summary>
    /// <param name="templateId">Which.</param>
    /// <param name="note">Who deletes it.</param>
    /// <param name="cancellationToken">Gives up; the template is then deleted or not.</param>
    /// <returns>False when there is no such template.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was deleted.</exception>
    Task<bool> DeleteTemplateAsync(Guid templateId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a person recognised or not, without deleting anything. Nobody is missed from a shift during which they were not active;
    /// punches count all the same.
    /// </summary>
    /// <param name="personId">Whom.</param>
    /// <param name="active">False: the next probe is unknown.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such person. It is no change, and leaves no trace, when the person is so already.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was changed.</exception>
    Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads when a person was not active, the earliest first.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The periods; none when there is no such person.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task<IReadOnlyList<InactivePeriod>> ReadInactivePeriodsAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Records a consent of a person who is enrolled. Earlier ones are kept.</summary>
    /// <param name="personId">Who consented.</param>
    /// <param name="consent">The consent. Recording the same one again, by its id, changes nothing.</param>
    /// <param name="note">Who records it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long, or the id is another person's consent's.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was recorded.</exception>
    Task<bool> RecordConsentAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads a person's consents, the latest first, withdrawn and expired ones included.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The consents; none when there is no such person.</returns>
    /// <exception cref="EncodingStoreException">The store failed.</exception>
    Task<IReadOnlyList<Consent>> ReadConsentsAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Withdraws a person's consents and deletes the templates, in one transaction: the next probe is unknown. The person and the
    /// attendance stay.
    /// </summary>
    /// <param name="personId">Whose.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Gives up; all is then done or nothing.</param>
    /// <returns>False when there was neither a template nor a consent to withdraw.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was changed.</exception>
    Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a person with consents, templates, punches, corrections, days and all else that is kept of them. The audit trail stays: it
    /// knows <see cref="Person.Id"/>, which from now on leads nowhere.
    /// </summary>
    /// <param name="personId">Whom to forget.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Gives up; the person is then forgotten or kept whole.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was deleted.</exception>
    Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads the templates of one encoder, as a stream: those of active people whose consent is in force.</summary>
    /// <param name="encoderId">Templates of other encoders are passed over.</param>
    /// <param name="personId">Only this person's, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>
    /// The templates, in no stated order. One that can't be decrypted or read is passed over and reported: it stops nobody else.
    /// </returns>
    /// <exception cref="EncodingStoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<FaceTemplate> ReadTemplatesAsync(
        string encoderId, Guid? personId = null, CancellationToken cancellationToken = default);

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
