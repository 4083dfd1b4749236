using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Schedules, who works by them, holidays and leaves in a relational database.</summary>
internal sealed class ScheduleStore(
    FratDatabase database, DayDeriver deriver, DerivationQueue queue, IAttendanceRules rules, TimeProvider time) : IScheduleStore
{
    public async Task SaveScheduleAsync(Schedule schedule, AuditNote note, CancellationToken cancellationToken = default)
    {
        rules.Check(schedule);
        Arguments.CheckName(schedule.Name, Schedule.MaxNameLength);
        Arguments.CheckNote(note);
        string? old = null;
        await ChangeAsync("SaveSchedule", SaveAsync, note, AuditActions.ScheduleSaved, () => (old, Describe(schedule)), cancellationToken).ConfigureAwait(false);

        async Task<bool> SaveAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.Schedules.AnyAsync(row => row.Name == schedule.Name && row.Id != schedule.Id, cancel).ConfigureAwait(false))
            {
                throw new ScheduleConflictException($"There is another schedule with the name \"{schedule.Name}\".");
            }

            if (schedule.HolidayCalendarId is { } calendar && !await context.HolidayCalendars.AnyAsync(row => row.Id == calendar, cancel).ConfigureAwait(false))
            {
                throw new ArgumentException($"There is no holiday calendar {calendar}.", nameof(schedule));
            }

            var stored = await context.Schedules.AsTracking().FirstOrDefaultAsync(row => row.Id == schedule.Id, cancel).ConfigureAwait(false);
            var changed = ScheduleRow.From(schedule);
            old = stored is null ? null : Describe(stored.ToSchedule());
            if (stored is null)
            {
                context.Schedules.Add(changed);
                return true;
            }

            changed.ClosedThrough = stored.ClosedThrough;
            context.Entry(stored).CurrentValues.SetValues(changed);
            await AddAsync(context, schedule.Id, DateOnly.MinValue, DateOnly.MaxValue, cancel).ConfigureAwait(false);
            return true;
        }
    }

    public Task<bool> DeleteScheduleAsync(Guid scheduleId, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.CheckNote(note);
        return ChangeAsync("DeleteSchedule", DeleteAsync, note, AuditActions.ScheduleDeleted, () => ($"schedule {scheduleId}", null), cancellationToken);

        async Task<bool> DeleteAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.ScheduleAssignments.AnyAsync(row => row.ScheduleId == scheduleId, cancel).ConfigureAwait(false)
                || await context.DefaultSchedules.AnyAsync(row => row.ScheduleId == scheduleId, cancel).ConfigureAwait(false))
            {
                throw new ScheduleConflictException("The schedule is, or was, somebody's: their days follow from it. End its assignments instead of deleting it.");
            }

            return await context.Schedules.Where(row => row.Id == scheduleId).ExecuteDeleteAsync(cancel).ConfigureAwait(false) > 0;
        }
    }

    public async Task<IReadOnlyList<Schedule>> ListSchedulesAsync(CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListSchedules", (context, cancel) => context.Schedules.OrderBy(row => row.Name).ToListAsync(cancel), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToSchedule())];
    }

    public async Task SetDefaultScheduleAsync(Guid? scheduleId, DateOnly from, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.CheckNote(note);
        var described = $"{(scheduleId is { } held ? $"schedule {held}" : "none")}, from {from:O}";
        await ChangeAsync("SetDefaultSchedule", SetAsync, note, AuditActions.DefaultScheduleSet, () => (null, described), cancellationToken).ConfigureAwait(false);

        async Task<bool> SetAsync(FratDbContext context, CancellationToken cancel)
        {
            if (scheduleId is { } id)
            {
                await RequireScheduleAsync(context, id, cancel).ConfigureAwait(false);
            }

            await context.DefaultSchedules.Where(row => row.FirstDate >= from).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            context.DefaultSchedules.Add(new DefaultScheduleRow { FirstDate = from, ScheduleId = scheduleId });

            // A night shift's window reaches over the edge.
            DerivationQueue.Add(context, scheduleId: null, from.Plus(-DayDeriver.ReachDays), DateOnly.MaxValue);
            return true;
        }
    }

    public async Task<IReadOnlyList<DefaultSchedule>> ListDefaultSchedulesAsync(CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListDefaultSchedules", (context, cancel) => context.DefaultSchedules.OrderBy(row => row.FirstDate).ToListAsync(cancel), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToDefault())];
    }

    public async Task SaveCalendarAsync(HolidayCalendar calendar, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.Check(calendar);
        Arguments.CheckNote(note);
        string? old = null;
        await ChangeAsync("SaveCalendar", SaveAsync, note, AuditActions.CalendarSaved, () => (old, Describe(calendar)), cancellationToken).ConfigureAwait(false);

        async Task<bool> SaveAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.HolidayCalendars.AnyAsync(row => row.Name == calendar.Name && row.Id != calendar.Id, cancel).ConfigureAwait(false))
            {
                throw new ScheduleConflictException($"There is another calendar with the name \"{calendar.Name}\".");
            }

            var stored = await context.HolidayCalendars.AsTracking().Include(row => row.Holidays)
                .FirstOrDefaultAsync(row => row.Id == calendar.Id, cancel).ConfigureAwait(false);
            old = stored is null ? null : Describe(stored.ToCalendar());
            var before = stored?.Holidays.Select(row => row.Date).ToHashSet() ?? [];
            if (stored is null)
            {
                stored = new HolidayCalendarRow { Id = calendar.Id, Name = calendar.Name };
                context.HolidayCalendars.Add(stored);
            }

            stored.Name = calendar.Name;
            var after = calendar.Holidays.ToDictionary(holiday => holiday.Date, holiday => holiday.Name);
            stored.Holidays.RemoveAll(row => !after.ContainsKey(row.Date));
            foreach (var (date, name) in after)
            {
                if (stored.Holidays.Find(row => row.Date == date) is { } known)
                {
                    known.Name = name;
                }
                else
                {
                    stored.Holidays.Add(new HolidayRow { CalendarId = calendar.Id, Date = date, Name = name });
                }
            }

            before.SymmetricExceptWith(after.Keys);
            var schedules = before.Count == 0 ? [] : await context.Schedules.Where(row => row.HolidayCalendarId == calendar.Id).Select(row => row.Id).ToListAsync(cancel).ConfigureAwait(false);
            foreach (var schedule in schedules)
            {
                foreach (var (first, last) in Dates.Around(before, DayDeriver.ReachDays))
                {
                    await AddAsync(context, schedule, first, last, cancel).ConfigureAwait(false);
                }
            }

            return true;
        }
    }

    public Task<bool> DeleteCalendarAsync(Guid calendarId, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.CheckNote(note);
        return ChangeAsync("DeleteCalendar", DeleteAsync, note, AuditActions.CalendarDeleted, () => ($"calendar {calendarId}", null), cancellationToken);

        async Task<bool> DeleteAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.Schedules.FirstOrDefaultAsync(row => row.HolidayCalendarId == calendarId, cancel).ConfigureAwait(false) is { } user)
            {
                throw new ScheduleConflictException($"The schedule \"{user.Name}\" uses the calendar.");
            }

            return await context.HolidayCalendars.Where(row => row.Id == calendarId).ExecuteDeleteAsync(cancel).ConfigureAwait(false) > 0;
        }
    }

    public async Task<IReadOnlyList<HolidayCalendar>> ListCalendarsAsync(CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListCalendars", (context, cancel) => context.HolidayCalendars.Include(row => row.Holidays).OrderBy(row => row.Name).ToListAsync(cancel), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToCalendar())];
    }

    public Task<bool> SaveAssignmentAsync(ScheduleAssignment assignment, AuditNote note, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        Arguments.CheckNote(note);
        if (assignment.To < assignment.From)
        {
            throw new ArgumentException("The last date is before the first.", nameof(assignment));
        }

        string? old = null;
        return ChangePersonAsync(
            "SaveAssignment", assignment.PersonId, SaveAsync, note, AuditActions.AssignmentSaved, () => (old, Describe(assignment)), cancellationToken);

        async Task<(DateOnly, DateOnly)?> SaveAsync(FratDbContext context, CancellationToken cancel)
        {
            await RequireScheduleAsync(context, assignment.ScheduleId, cancel).ConfigureAwait(false);
            var last = assignment.To ?? DateOnly.MaxValue;
            var overlapping = await context.ScheduleAssignments
                .Where(row => row.PersonId == assignment.PersonId && row.Id != assignment.Id && row.FirstDate <= last && (row.LastDate == null || row.LastDate >= assignment.From))
                .OrderBy(row => row.FirstDate).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
            if (overlapping is not null)
            {
                throw new ScheduleConflictException(
                    $"The person has a schedule from {overlapping.FirstDate:O} {(overlapping.LastDate is { } end ? $"to {end:O}" : "on")} already. End that one first.");
            }

            var stored = await context.ScheduleAssignments.AsTracking().FirstOrDefaultAsync(row => row.Id == assignment.Id, cancel).ConfigureAwait(false);
            old = stored is null ? null : Describe(stored.ToAssignment());
            if (stored is null)
            {
                context.ScheduleAssignments.Add(new ScheduleAssignmentRow
                {
                    Id = assignment.Id,
                    PersonId = assignment.PersonId,
                    ScheduleId = assignment.ScheduleId,
                    FirstDate = assignment.From,
                    LastDate = assignment.To,
                });
                return (assignment.From, last);
            }

            if (stored.PersonId != assignment.PersonId)
            {
                throw new ArgumentException("The id belongs to another person's assignment.", nameof(assignment));
            }

            var (before, until) = (stored.FirstDate, stored.LastDate ?? DateOnly.MaxValue);
            (stored.ScheduleId, stored.FirstDate, stored.LastDate) = (assignment.ScheduleId, assignment.From, assignment.To);
            return (before < assignment.From ? before : assignment.From, until > last ? until : last);
        }
    }

    public Task<bool> DeleteAssignmentAsync(Guid assignmentId, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.CheckNote(note);
        return DeleteAsync(
            "DeleteAssignment",
            context => context.ScheduleAssignments.Where(row => row.Id == assignmentId),
            row => (row.PersonId, row.FirstDate, row.LastDate ?? DateOnly.MaxValue),
            note,
            AuditActions.AssignmentDeleted,
            row => Describe(row.ToAssignment()),
            cancellationToken);
    }

    public IAsyncEnumerable<ScheduleAssignment> ReadAssignmentsAsync(Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamAsync(
            "ReadAssignments",
            context => (personId is { } id ? context.ScheduleAssignments.Where(row => row.PersonId == id) : context.ScheduleAssignments)
                .OrderBy(row => row.PersonId).ThenBy(row => row.FirstDate).Select(row => row.ToAssignment()),
            cancellationToken);

    public Task<bool> SaveLeaveAsync(Leave leave, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.Check(leave);
        Arguments.CheckNote(note);
        string? old = null;
        return ChangePersonAsync("SaveLeave", leave.PersonId, SaveAsync, note, AuditActions.LeaveSaved, () => (old, Describe(leave)), cancellationToken);

        async Task<(DateOnly, DateOnly)?> SaveAsync(FratDbContext context, CancellationToken cancel)
        {
            var stored = await context.Leaves.AsTracking().FirstOrDefaultAsync(row => row.Id == leave.Id, cancel).ConfigureAwait(false);
            old = stored is null ? null : Describe(stored.ToLeave());
            if (stored is null)
            {
                context.Leaves.Add(new LeaveRow
                {
                    Id = leave.Id, PersonId = leave.PersonId, FirstDate = leave.From, LastDate = leave.To, Part = leave.Part, Note = leave.Note,
                });
                return (leave.From, leave.To);
            }

            if (stored.PersonId != leave.PersonId)
            {
                throw new ArgumentException("The id belongs to another person's leave.", nameof(leave));
            }

            var (first, last) = (stored.FirstDate < leave.From ? stored.FirstDate : leave.From, stored.LastDate > leave.To ? stored.LastDate : leave.To);
            (stored.FirstDate, stored.LastDate, stored.Part, stored.Note) = (leave.From, leave.To, leave.Part, leave.Note);
            return (first, last);
        }
    }

    public Task<bool> DeleteLeaveAsync(Guid leaveId, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.CheckNote(note);
        return DeleteAsync(
            "DeleteLeave",
            context => context.Leaves.Where(row => row.Id == leaveId),
            row => (row.PersonId, row.FirstDate, row.LastDate),
            note,
            AuditActions.LeaveDeleted,
            row => Describe(row.ToLeave()),
            cancellationToken);
    }

    public IAsyncEnumerable<Leave> ReadLeavesAsync(DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamAsync(
            "ReadLeaves",
            context => (personId is { } id ? context.Leaves.Where(row => row.PersonId == id) : context.Leaves)
                .Where(row => row.FirstDate <= lastDate && row.LastDate >= firstDate)
                .OrderBy(row => row.PersonId).ThenBy(row => row.FirstDate).ThenBy(row => row.Id).Select(row => row.ToLeave()),
            cancellationToken);

    public Task<int> CountPendingAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync("CountPending", (context, cancel) => context.Derivations.CountAsync(row => row.Sequence > 0, cancel), cancellationToken);

    private static async Task RequireScheduleAsync(FratDbContext context, Guid scheduleId, CancellationToken cancellationToken)
    {
        if (!await context.Schedules.AnyAsync(row => row.Id == scheduleId, cancellationToken).ConfigureAwait(false))
        {
            throw new ArgumentException($"There is no schedule {scheduleId}.", nameof(scheduleId));
        }
    }

    /// <summary>Asks for the days of whoever works by a schedule: everybody, where it was ever the default.</summary>
    private static async Task AddAsync(FratDbContext context, Guid scheduleId, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var isDefault = await context.DefaultSchedules.AnyAsync(row => row.ScheduleId == scheduleId, cancellationToken).ConfigureAwait(false);
        DerivationQueue.Add(context, isDefault ? null : scheduleId, first, last);
    }

    private static string Describe(Schedule schedule) => FormattableString.Invariant(
        $"schedule {schedule.Id}, \"{schedule.Name}\", {schedule.Start:HH:mm} to {schedule.End:HH:mm} {schedule.TimeZone}, {schedule.Weekdays}");

    private static string Describe(HolidayCalendar calendar) => $"calendar {calendar.Id}, \"{calendar.Name}\", {calendar.Holidays.Count} holidays";

    private static string Describe(ScheduleAssignment assignment) =>
        $"assignment {assignment.Id}, schedule {assignment.ScheduleId}, {assignment.From:O} {(assignment.To is { } last ? $"to {last:O}" : "on")}";

    // Not what for: that can be of health, and can't be deleted here.
    private static string Describe(Leave leave) => $"leave {leave.Id}, {leave.From:O} to {leave.To:O}, {leave.Part}";

    /// <summary>Changes what is everybody's, with its line in the audit trail, and has the days derived that it touches.</summary>
    /// <param name="operation">The contract's method.</param>
    /// <param name="work">The change; false when there was nothing to change.</param>
    /// <param name="note">Who and why.</param>
    /// <param name="action">What the audit trail calls it.</param>
    /// <param name="describe">What was, and what is; called after the work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<bool> ChangeAsync(
        string operation,
        Func<FratDbContext, CancellationToken, Task<bool>> work,
        AuditNote note,
        string action,
        Func<(string? Old, string? New)> describe,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var changed = await database.WriteAsync(
            operation,
            async (context, cancel) =>
            {
                if (!await work(context, cancel).ConfigureAwait(false))
                {
                    return false;
                }

                var (before, after) = describe();
                context.Audit(now, note, action, personId: null, before, after);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        queue.Raise();
        return changed;
    }

    /// <summary>Changes what one person's days follow from, and derives those days before it returns.</summary>
    private Task<bool> ChangePersonAsync(
        string operation,
        Guid personId,
        Func<FratDbContext, CancellationToken, Task<(DateOnly First, DateOnly Last)?>> work,
        AuditNote note,
        string action,
        Func<(string? Old, string? New)> describe,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(
            operation,
            async (context, cancel) =>
            {
                await database.LockPersonAsync(context, personId, cancel).ConfigureAwait(false);
                var person = await context.People.FirstOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false);
                if (person is null || await work(context, cancel).ConfigureAwait(false) is not { } span)
                {
                    return false;
                }

                var (before, after) = describe();
                context.Audit(now, note, action, personId, before, after);

                // Stored first, in the same transaction, so that the days are derived from what is there.
                await context.SaveChangesAsync(cancel).ConfigureAwait(false);
                await deriver.DeriveAllAsync(
                    context, person.ToPerson(), span.First.Plus(-DayDeriver.ReachDays), span.Last.Plus(DayDeriver.ReachDays), cancel).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    private async Task<bool> DeleteAsync<T>(
        string operation,
        Func<FratDbContext, IQueryable<T>> find,
        Func<T, (Guid PersonId, DateOnly First, DateOnly Last)> span,
        AuditNote note,
        string action,
        Func<T, string> describe,
        CancellationToken cancellationToken)
        where T : class
    {
        var found = await database.ReadAsync(operation, (context, cancel) => find(context).FirstOrDefaultAsync(cancel), cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return false;
        }

        string? old = null;
        return await ChangePersonAsync(
            operation,
            span(found).PersonId,
            async (context, cancel) =>
            {
                // Read after the lock.
                var row = await find(context).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
                if (row is null)
                {
                    return null;
                }

                context.Remove(row);
                old = describe(row);
                var (_, first, last) = span(row);
                return (first, last);
            },
            note,
            action,
            () => (old, null),
            cancellationToken).ConfigureAwait(false);
    }
}
