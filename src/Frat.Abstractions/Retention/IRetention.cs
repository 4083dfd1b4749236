namespace Frat;

/// <summary>Deletes what is older than a policy allows. A store has it beside its records.</summary>
/// <remarks>
/// Thread-safe. Each person is worked on in a transaction of their own, so check-ins go on meanwhile. Whatever is deleted is in the audit
/// trail, by <see cref="By"/> and with the rule as the reason. Two hosts may do it at once: nothing is deleted or told of twice.
/// </remarks>
public interface IRetention
{
    /// <summary>Who did it, in the audit trail.</summary>
    static Actor By { get; } = Actor.Program("FRAT retention");

    /// <summary>
    /// Deletes, once, what is too old now. Templates whose person's consents have all ended are deleted whatever their age. What is deleted
    /// can't be had again, and a clock may be wrong: unless the policy is <see cref="RetentionPolicy.Confirmed"/>, nothing is deleted by a
    /// clock that the store has not seen going on for a week, nor where the store's latest fact is far from it, nor where much would go at
    /// once.
    /// </summary>
    /// <param name="policy">How long what is kept.</param>
    /// <param name="dryRun">True: says what would be deleted, and deletes nothing.</param>
    /// <param name="cancellationToken">Cancels the call; who was done by then stays so.</param>
    /// <returns>
    /// What was, or would be, deleted; with <see cref="RetentionReport.Refusal"/> where nothing was because of the above.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of days is out of its bounds.</exception>
    /// <exception cref="InvalidOperationException">
    /// Attendance is to be deleted, and no <see cref="IAttendanceRules"/> are registered that say which day a punch belongs to.
    /// </exception>
    /// <exception cref="StoreException">The store failed; who was done by then stays so.</exception>
    Task<RetentionReport> ApplyAsync(RetentionPolicy policy, bool dryRun = false, CancellationToken cancellationToken = default);
}
