namespace Frat;

/// <summary>
/// Changes of people after which somebody is to be recognised, or not to be recognised any more. When a call returns, this process's
/// gallery knows of the change: anyone who was revoked is unknown to the next check-in. Other processes hear of it within a second.
/// </summary>
/// <remarks>
/// Thread-safe. The stores (<see cref="IPersonStore"/>, <see cref="IConsentStore"/>, <see cref="IEncodingStore"/>) can be called as well;
/// then this process, too, recognises a person for up to a second more. Where only the gallery fails to follow, the call succeeds all the
/// same, and a warning is logged.
/// </remarks>
public interface IPeopleService
{
    /// <summary>Finds a person by employee ID, as it was typed.</summary>
    /// <param name="employeeId">The ID, in any form; null is nobody's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The person, or null.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<Person?> FindAsync(string? employeeId, CancellationToken cancellationToken = default);

    /// <summary>Gives a person another name, as <see cref="IPersonStore.RenameAsync"/> does.</summary>
    /// <param name="personId">Whom.</param>
    /// <param name="name">The name, in the form of <see cref="Person.Normalize"/>.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call, until it is stored.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">A text is empty, too long or not in its normal form.</exception>
    /// <exception cref="StoreException">The store failed; nothing was changed.</exception>
    Task<bool> RenameAsync(Guid personId, string name, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Gives a person another employee ID, as <see cref="IPersonStore.ChangeEmployeeIdAsync"/> does.</summary>
    /// <param name="personId">Whom.</param>
    /// <param name="employeeId">The ID, in the form of <see cref="Person.Normalize"/>.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call, until it is stored.</param>
    /// <returns>Whether the person has it now.</returns>
    /// <exception cref="ArgumentException">A text is empty, too long or not in its normal form.</exception>
    /// <exception cref="StoreException">The store failed; nothing was changed.</exception>
    Task<EmployeeIdChange> ChangeEmployeeIdAsync(
        Guid personId, string employeeId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Makes a person recognised or not, as <see cref="IPersonStore.SetActiveAsync"/> does.</summary>
    /// <param name="personId">Whom.</param>
    /// <param name="active">False: the next probe is unknown.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call, until it is stored.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; nothing was changed.</exception>
    Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Sets the first and the last working day, as <see cref="IPersonStore.SetWorkingDaysAsync"/> does.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="first">See <see cref="Person.FirstDay"/>.</param>
    /// <param name="last">See <see cref="Person.LastDay"/>.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call, until it is stored.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">The last is before the first, or the note is none.</exception>
    /// <exception cref="StoreException">The store failed; nothing was changed.</exception>
    Task<bool> SetWorkingDaysAsync(
        Guid personId, DateOnly? first, DateOnly? last, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Records a consent, as <see cref="IConsentStore.RecordAsync"/> does.</summary>
    /// <param name="personId">Who consented.</param>
    /// <param name="consent">The consent.</param>
    /// <param name="note">Who records it.</param>
    /// <param name="cancellationToken">Cancels the call, until it is stored.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long, or the id is another person's consent's.</exception>
    /// <exception cref="StoreException">The store failed; nothing was recorded.</exception>
    Task<bool> RecordConsentAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Withdraws a person's consents and deletes the templates, as <see cref="IConsentStore.RevokeAsync"/> does.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call, until it is stored.</param>
    /// <returns>False when there was neither a template nor a consent to withdraw.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; nothing was changed.</exception>
    Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Deletes one of a person's templates.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="templateId">Which.</param>
    /// <param name="note">Who deletes it.</param>
    /// <param name="cancellationToken">Cancels the call, until it is stored.</param>
    /// <returns>False when the person has no such template.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; nothing was deleted.</exception>
    Task<bool> DeleteTemplateAsync(Guid personId, Guid templateId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Deletes a person with all that is kept of them, as <see cref="IPersonStore.ForgetAsync"/> does.</summary>
    /// <param name="personId">Whom to forget.</param>
    /// <param name="note">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call, until it is stored.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; nothing was deleted.</exception>
    Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default);
}
