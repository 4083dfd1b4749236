namespace Frat;

/// <summary>Keeps the people: who is enrolled, whether they are active, and that they are forgotten.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Each writing call is one transaction, the entry in the <see cref="IAuditTrail"/> included:
/// it happens whole or not at all. A store that can't be reached throws <see cref="StoreException"/>; a wrong argument throws
/// <see cref="ArgumentException"/>. Nobody has templates without having consented: see <see cref="ConsentRequiredException"/>.
/// </remarks>
public interface IPersonStore
{
    /// <summary>Stores a new person with templates. Of two calls with one employee ID at the same moment, one creates.</summary>
    /// <param name="enrollment">Whom to store.</param>
    /// <param name="cancellationToken">Cancels the call; the enrolment is then stored whole or not at all.</param>
    /// <returns>The new person, or the one who has the employee ID already.</returns>
    /// <exception cref="ArgumentException">
    /// A text is empty, too long or not in its normal form, or the templates are of several encoders.
    /// </exception>
    /// <exception cref="ConsentRequiredException">There are templates, and no consent that is in force.</exception>
    /// <exception cref="StoreException">The store failed; nothing was stored.</exception>
    Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default);

    /// <summary>Finds a person by employee ID.</summary>
    /// <param name="employeeId">The ID, in the form of <see cref="Person.Normalize"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The person, or null.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<Person?> FindAsync(string employeeId, CancellationToken cancellationToken = default);

    /// <summary>Finds a person by FRAT's own id.</summary>
    /// <param name="personId">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The person, or null.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of people, ordered by employee ID.</summary>
    /// <param name="query">Which people, and which page of them.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page, with how many there are on all pages; an empty one behind the last.</returns>
    /// <exception cref="ArgumentException">Skip or Take is out of its range.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<PersonPage> ListAsync(PersonQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads everybody, ordered by employee ID, as a stream.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The people.</returns>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<Person> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Gives a person another name: after a marriage, or when the first one was mistyped. Templates and attendance stay.</summary>
    /// <param name="personId">Whom.</param>
    /// <param name="name">The name, in the form of <see cref="Person.Normalize"/>; see <see cref="Person.IsName"/>.</param>
    /// <param name="note">
    /// Who does it. The trail says that it was done; it keeps neither name, so that nothing is left of somebody who is forgotten.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such person. It is no change, and leaves no trace, when the person has the name already.</returns>
    /// <exception cref="ArgumentException">A text is empty, too long or not in its normal form.</exception>
    /// <exception cref="StoreException">The store failed, or the person was changed beside FRAT; nothing was changed.</exception>
    Task<bool> RenameAsync(Guid personId, string name, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Gives a person another employee ID. Templates and attendance stay.</summary>
    /// <param name="personId">Whom.</param>
    /// <param name="employeeId">The ID, in the form of <see cref="Person.Normalize"/>; see <see cref="Person.IsEmployeeId"/>.</param>
    /// <param name="note">Who does it. The trail keeps neither ID.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the person has it now.</returns>
    /// <exception cref="ArgumentException">A text is empty, too long or not in its normal form.</exception>
    /// <exception cref="StoreException">The store failed, or the person was changed beside FRAT; nothing was changed.</exception>
    Task<EmployeeIdChange> ChangeEmployeeIdAsync(
        Guid personId, string employeeId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a person recognised or not, without deleting anything. Nobody is missed from a shift during which they were not active;
    /// punches count all the same.
    /// </summary>
    /// <param name="personId">Whom.</param>
    /// <param name="active">False: the next probe is unknown.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such person. It is no change, and leaves no trace, when the person is so already.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; nothing was changed.</exception>
    Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets the first and the last working day, and derives the days anew on which somebody is, or is not, missed by it.
    /// </summary>
    /// <param name="personId">Whose.</param>
    /// <param name="first">See <see cref="Person.FirstDay"/>.</param>
    /// <param name="last">See <see cref="Person.LastDay"/>.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such person. It is no change, and leaves no trace, when the days are these already.</returns>
    /// <exception cref="ArgumentException">The last is before the first, or the note is none.</exception>
    /// <exception cref="StoreException">The store failed; nothing was changed.</exception>
    Task<bool> SetWorkingDaysAsync(
        Guid personId, DateOnly? first, DateOnly? last, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Lists when a person was not active, the earliest first.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The periods; none when there is no such person.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<IReadOnlyList<InactivePeriod>> ListInactivePeriodsAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a person with consents, templates, punches, corrections, days and all else that is kept of them. The audit trail stays: it
    /// knows <see cref="Person.Id"/>, which from now on leads nowhere.
    /// </summary>
    /// <param name="personId">Whom to forget.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call; the person is then forgotten or kept whole.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; nothing was deleted.</exception>
    Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default);
}
