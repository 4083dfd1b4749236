namespace Frat;

/// <summary>Keeps punches for good, and derives days from them.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. A call that returned has stored its facts durably: they are there after the
/// process is killed. Failures throw <see cref="StoreException"/>.
/// </remarks>
public interface IAttendanceLog
{
    /// <summary>
    /// Appends a punch, and derives the days that it touches anew. Idempotent: a key that is known already appends nothing, and gives the
    /// receipt of the first time. Of two calls for one person and day at the same moment, one marks. A punch by
    /// <see cref="PunchMethod.Face"/> is of somebody who may be recognised when it is appended, as is checked in its own transaction: an
    /// active person with a template left, and a consent in force.
    /// </summary>
    /// <param name="punch">What happened.</param>
    /// <param name="note">
    /// Who enters it and why, where it is no device but a person who does: it has its entry in the <see cref="IAuditTrail"/> then, in the
    /// same transaction. Null, the default, for none.
    /// </param>
    /// <param name="cancellationToken">Cancels the call; the punch is then stored whole or not at all.</param>
    /// <returns>
    /// The day, and whether this punch marked it; null when there is no such person (any more), or one who may not be recognised by face:
    /// nothing was stored.
    /// </returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="PunchConflictException">The key belongs to another person's punch, or the id to another punch.</exception>
    /// <exception cref="StoreException">The store failed; the punch is not stored.</exception>
    Task<PunchReceipt?> AppendAsync(Punch punch, AuditNote? note = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a correction beside a punch, and derives the days that it touches anew. Nothing is overwritten but what is derived.
    /// Idempotent by <see cref="PunchCorrection.Id"/>.
    /// </summary>
    /// <param name="correction">What to count instead, who says so, and why.</param>
    /// <param name="cancellationToken">Cancels the call; the correction is then stored whole or not at all.</param>
    /// <returns>False when there is no such punch.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed; the correction is not stored.</exception>
    Task<bool> CorrectAsync(PunchCorrection correction, CancellationToken cancellationToken = default);

    /// <summary>Reads the days of a span of dates, as a stream.</summary>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <param name="personId">Only this person's, where given.</param>
    /// <param name="order">In which order.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The days.</returns>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<AttendanceDay> ReadDaysAsync(
        DateOnly firstDate,
        DateOnly lastDate,
        Guid? personId = null,
        DayOrder order = DayOrder.LatestFirst,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists days, the latest date first, and those of one date by employee ID, character by character: a page at a time. A day that is
    /// there all the while is on one page, whatever is added meanwhile, unless its person is given another employee ID.
    /// </summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The days.</returns>
    /// <exception cref="ArgumentException">Take is out of its range.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<IReadOnlyList<AttendanceDay>> ListDaysAsync(DayQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the punches and the corrections that were added since a moment, in the order of <see cref="AttendanceChange.At"/>, as a
    /// stream: for who follows what happens, in this process and in others on the same store. What is added while it is read may be left
    /// out. One may be seen later than others with a later moment, as the moment is taken before it is stored, and by a clock
    /// of its own: read again from some while before the last time, and tell what is known by its <see cref="AttendanceChange.Id"/>.
    /// </summary>
    /// <param name="since">The first moment.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The changes.</returns>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<AttendanceChange> ReadChangesAsync(DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Reads one day with what each of its punches counted as, derived now.</summary>
    /// <param name="personId">Whose day.</param>
    /// <param name="workDate">The work date.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The day; null when there is no such person.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<DayDetail?> FindDayAsync(Guid personId, DateOnly workDate, CancellationToken cancellationToken = default);

    /// <summary>Reads punches as they were appended, corrections not applied, by local time, as a stream.</summary>
    /// <param name="firstDate">The first local date.</param>
    /// <param name="lastDate">The last local date, included.</param>
    /// <param name="personId">Only this person's, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The punches.</returns>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<Punch> ReadPunchesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the corrections of one punch, the earliest first.</summary>
    /// <param name="punchId">The punch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The corrections; empty when there are none, or no such punch.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<IReadOnlyList<PunchCorrection>> ListCorrectionsAsync(Guid punchId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Derives days anew from the facts. Without need: every change does so by itself, and the result is the same however often it is done.
    /// A person's days are brought up to date together; where many are asked for, a failure leaves those that were done.
    /// </summary>
    /// <param name="firstDate">The first work date.</param>
    /// <param name="lastDate">The last work date, included.</param>
    /// <param name="personId">Only this person's, where given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many days came out different from what was stored.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<int> DeriveAsync(DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default);
}
