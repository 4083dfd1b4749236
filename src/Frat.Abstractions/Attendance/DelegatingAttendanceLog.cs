namespace Frat;

/// <summary>
/// An attendance log that hands every call to an inner one: derive from it, and override what is to be different. See
/// <see cref="FratBuilder.Decorate"/>.
/// </summary>
/// <param name="inner">The inner one. It is not disposed with this one.</param>
public abstract class DelegatingAttendanceLog(IAttendanceLog inner) : IAttendanceLog
{
    /// <summary>The inner one.</summary>
    protected IAttendanceLog Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual Task<PunchReceipt?> AppendAsync(Punch punch, AuditNote? note = null, CancellationToken cancellationToken = default) =>
        Inner.AppendAsync(punch, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> CorrectAsync(PunchCorrection correction, CancellationToken cancellationToken = default) =>
        Inner.CorrectAsync(correction, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<AttendanceDay> ReadDaysAsync(
        DateOnly firstDate,
        DateOnly lastDate,
        Guid? personId = null,
        DayOrder order = DayOrder.LatestFirst,
        CancellationToken cancellationToken = default) =>
        Inner.ReadDaysAsync(firstDate, lastDate, personId, order, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<AttendanceDay>> ListDaysAsync(DayQuery query, CancellationToken cancellationToken = default) =>
        Inner.ListDaysAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<AttendanceChange> ReadChangesAsync(
        DateTimeOffset since, CancellationToken cancellationToken = default) => Inner.ReadChangesAsync(since, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DayDetail?> FindDayAsync(Guid personId, DateOnly workDate, CancellationToken cancellationToken = default) =>
        Inner.FindDayAsync(personId, workDate, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<Punch> ReadPunchesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        Inner.ReadPunchesAsync(firstDate, lastDate, personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<PunchCorrection>> ListCorrectionsAsync(Guid punchId, CancellationToken cancellationToken = default) =>
        Inner.ListCorrectionsAsync(punchId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<int> DeriveAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        Inner.DeriveAsync(firstDate, lastDate, personId, cancellationToken);
}
