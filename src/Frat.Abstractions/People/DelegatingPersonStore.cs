namespace Frat;

/// <summary>
/// A store of people that hands every call to an inner one: derive from it, and override what is to be different. See
/// <see cref="FratBuilder.Decorate"/>.
/// </summary>
/// <param name="inner">The inner one. It is not disposed with this one.</param>
public abstract class DelegatingPersonStore(IPersonStore inner) : IPersonStore
{
    /// <summary>The inner one.</summary>
    protected IPersonStore Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default) =>
        Inner.EnrollAsync(enrollment, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<Person?> FindAsync(string employeeId, CancellationToken cancellationToken = default) =>
        Inner.FindAsync(employeeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default) =>
        Inner.FindAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<PersonPage> ListAsync(PersonQuery query, CancellationToken cancellationToken = default) =>
        Inner.ListAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<Person> ReadAsync(CancellationToken cancellationToken = default) =>
        Inner.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> RenameAsync(Guid personId, string name, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.RenameAsync(personId, name, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<EmployeeIdChange> ChangeEmployeeIdAsync(
        Guid personId, string employeeId, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.ChangeEmployeeIdAsync(personId, employeeId, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.SetActiveAsync(personId, active, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> SetWorkingDaysAsync(
        Guid personId, DateOnly? first, DateOnly? last, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.SetWorkingDaysAsync(personId, first, last, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<InactivePeriod>> ListInactivePeriodsAsync(
        Guid personId, CancellationToken cancellationToken = default) =>
        Inner.ListInactivePeriodsAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.ForgetAsync(personId, note, cancellationToken);
}
