namespace Frat;

/// <summary>Keeps schedules, who works by which, holidays and leaves.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Each writing call is one transaction, with its line in the audit trail. A change leads to
/// the days that it touches being derived anew: one person's before the call returns; those of a schedule, a calendar or the default soon
/// afterwards and whatever happens to the process, by a service of the host (see <see cref="CountPendingAsync"/>). A wrong argument throws
/// <see cref="ArgumentException"/>, a failure of the store <see cref="StoreException"/>.
/// </remarks>
public interface IScheduleStore
{
    /// <summary>Stores a schedule, in place of the one with the same id. Past days are judged by it, too.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call; the change is then stored whole or not at all.</param>
    /// <exception cref="ArgumentException">The schedule can't be used, or names a calendar that there isn't.</exception>
    /// <exception cref="ScheduleConflictException">Another schedule has the name.</exception>
    Task SaveScheduleAsync(Schedule schedule, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Deletes a schedule that nobody works by, now or in the past.</summary>
    /// <param name="scheduleId">The schedule.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there was none.</returns>
    /// <exception cref="ScheduleConflictException">It is assigned, or the default.</exception>
    Task<bool> DeleteScheduleAsync(Guid scheduleId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads all schedules, by name.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The schedules.</returns>
    Task<IReadOnlyList<Schedule>> ListSchedulesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets the schedule for everybody who has none assigned, from a work date on and until further notice. What held on earlier dates
    /// still holds for them; what was to hold later is replaced.
    /// </summary>
    /// <param name="scheduleId">The schedule; null: none, which is the original's rule.</param>
    /// <param name="from">The first work date for which it holds.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    Task SetDefaultScheduleAsync(Guid? scheduleId, DateOnly from, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads which schedule was the default from when on.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>By date; empty when there never was one.</returns>
    Task<IReadOnlyList<DefaultSchedule>> ListDefaultSchedulesAsync(CancellationToken cancellationToken = default);

    /// <summary>Stores a calendar, in place of the one with the same id.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call; the change is then stored whole or not at all.</param>
    /// <exception cref="ArgumentException">A date is there twice, or a text can't be kept.</exception>
    /// <exception cref="ScheduleConflictException">Another calendar has the name.</exception>
    Task SaveCalendarAsync(HolidayCalendar calendar, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Deletes a calendar that no schedule names.</summary>
    /// <param name="calendarId">The calendar.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there was none.</returns>
    /// <exception cref="ScheduleConflictException">A schedule names it.</exception>
    Task<bool> DeleteCalendarAsync(Guid calendarId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads all calendars, by name, their holidays by date.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The calendars.</returns>
    Task<IReadOnlyList<HolidayCalendar>> ListCalendarsAsync(CancellationToken cancellationToken = default);

    /// <summary>Stores an assignment, in place of the one with the same id: to end one, store it with its last date.</summary>
    /// <param name="assignment">Who works by what, and when.</param>
    /// <param name="note">Who says so, and why.</param>
    /// <param name="cancellationToken">Cancels the call; the change is then stored whole or not at all.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such schedule, the last date is before the first, or the id is of another person's assignment.
    /// </exception>
    /// <exception cref="ScheduleConflictException">
    /// It overlaps another assignment of the person; of two at the same moment, one is stored.
    /// </exception>
    Task<bool> SaveAssignmentAsync(ScheduleAssignment assignment, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>
    /// Assigns a schedule to people. What was assigned to them in that span ends before it, begins after it, or is gone. Each person is a
    /// transaction of their own: after a failure, call again; whoever works by it already isn't changed.
    /// </summary>
    /// <param name="personIds">Who; those whom there isn't are passed over.</param>
    /// <param name="assignment">What holds, and when; its id and person are not used.</param>
    /// <param name="note">Who says so, and why.</param>
    /// <param name="cancellationToken">Cancels the call; whoever's turn has been is assigned.</param>
    /// <returns>How many people work by it now.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such schedule or calendar, or the last date is before the first.
    /// </exception>
    Task<int> AssignAsync(
        IReadOnlyCollection<Guid> personIds,
        ScheduleAssignment assignment,
        AuditNote note,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes an assignment as if it had never been; see <see cref="SaveAssignmentAsync"/> to end one.</summary>
    /// <param name="assignmentId">The assignment.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there was none.</returns>
    Task<bool> DeleteAssignmentAsync(Guid assignmentId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads assignments, by person and date, as a stream.</summary>
    /// <param name="personId">Only this person's, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The assignments.</returns>
    IAsyncEnumerable<ScheduleAssignment> ReadAssignmentsAsync(Guid? personId = null, CancellationToken cancellationToken = default);

    /// <summary>Stores a leave, in place of the one with the same id.</summary>
    /// <param name="leave">The leave.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call; the change is then stored whole or not at all.</param>
    /// <returns>False when there is no such person.</returns>
    /// <exception cref="ArgumentException">
    /// The last date is before the first or more than ten years after it, a text can't be kept, or the id is of another person's leave.
    /// </exception>
    Task<bool> SaveLeaveAsync(Leave leave, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Deletes a leave as if it had never been.</summary>
    /// <param name="leaveId">The leave.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there was none.</returns>
    Task<bool> DeleteLeaveAsync(Guid leaveId, AuditNote note, CancellationToken cancellationToken = default);

    /// <summary>Reads the leaves that touch a span of dates, by person and date, as a stream.</summary>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <param name="personId">Only this person's, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The leaves.</returns>
    IAsyncEnumerable<Leave> ReadLeavesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default);

    /// <summary>Counts the changes of schedules, calendars and the default whose days are still being derived anew.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>0 when every day is what the schedules say.</returns>
    Task<int> CountPendingAsync(CancellationToken cancellationToken = default);
}
