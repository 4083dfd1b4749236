namespace Frat;

/// <summary>
/// A store of schedules that hands every call to an inner one: derive from it, and override what is to be different. See
/// <see cref="FratBuilder.Decorate"/>.
/// </summary>
/// <param name="inner">The inner one. It is not disposed with this one.</param>
public abstract class DelegatingScheduleStore(IScheduleStore inner) : IScheduleStore
{
    /// <summary>The inner one.</summary>
    protected IScheduleStore Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual Task SaveScheduleAsync(Schedule schedule, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.SaveScheduleAsync(schedule, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteScheduleAsync(Guid scheduleId, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.DeleteScheduleAsync(scheduleId, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<Schedule>> ListSchedulesAsync(CancellationToken cancellationToken = default) =>
        Inner.ListSchedulesAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task SetDefaultScheduleAsync(
        Guid? scheduleId, DateOnly from, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.SetDefaultScheduleAsync(scheduleId, from, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<DefaultSchedule>> ListDefaultSchedulesAsync(CancellationToken cancellationToken = default) =>
        Inner.ListDefaultSchedulesAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task SaveCalendarAsync(HolidayCalendar calendar, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.SaveCalendarAsync(calendar, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteCalendarAsync(Guid calendarId, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.DeleteCalendarAsync(calendarId, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<HolidayCalendar>> ListCalendarsAsync(CancellationToken cancellationToken = default) =>
        Inner.ListCalendarsAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> SaveAssignmentAsync(
        ScheduleAssignment assignment, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.SaveAssignmentAsync(assignment, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<int> AssignAsync(
        IReadOnlyCollection<Guid> personIds,
        ScheduleAssignment assignment,
        AuditNote note,
        CancellationToken cancellationToken = default) =>
        Inner.AssignAsync(personIds, assignment, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteAssignmentAsync(Guid assignmentId, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.DeleteAssignmentAsync(assignmentId, note, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<ScheduleAssignment> ReadAssignmentsAsync(
        Guid? personId = null, CancellationToken cancellationToken = default) =>
        Inner.ReadAssignmentsAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> SaveLeaveAsync(Leave leave, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.SaveLeaveAsync(leave, note, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteLeaveAsync(Guid leaveId, AuditNote note, CancellationToken cancellationToken = default) =>
        Inner.DeleteLeaveAsync(leaveId, note, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<Leave> ReadLeavesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        Inner.ReadLeavesAsync(firstDate, lastDate, personId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<int> CountPendingAsync(CancellationToken cancellationToken = default) =>
        Inner.CountPendingAsync(cancellationToken);
}
