
namespace Frat.Testing;

internal sealed partial class InMemoryScheduleStore(InMemoryDatabase database, DayDeriver deriver, TimeProvider time) : IScheduleStore
{
    public Task SaveScheduleAsync(Schedule schedule, AuditNote note, CancellationToken cancellationToken = default)
    {
        deriver.Rules.Check(schedule);
        Schedule.ThrowIfInvalid(schedule);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Save, cancellationToken);

        bool Save(Transaction transaction)
        {
            var state = transaction.State;
            if (state.Schedules.Values.Any(other => other.Name == schedule.Name && other.Id != schedule.Id))
            {
                throw new ScheduleConflictException($"There is another schedule with the name \"{schedule.Name}\".");
            }

            RequireCalendar(state, schedule.HolidayCalendarId);

            var old = state.Schedules.GetValueOrDefault(schedule.Id);
            transaction.State = state with { Schedules = state.Schedules.SetItem(schedule.Id, schedule) };
            if (old is not null)
            {
                transaction.Ask(schedule.Id);
            }

            transaction.Audit(
                now, note, AuditActions.ScheduleSaved, null, old is null ? null : Describe(old), Describe(schedule));
            return true;
        }
    }

    public Task<bool> DeleteScheduleAsync(Guid scheduleId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Delete, cancellationToken);

        bool Delete(Transaction transaction)
        {
            var state = transaction.State;
            if (state.Defaults.Exists(entry => entry.ScheduleId == scheduleId)
                || state.People.Values.Any(record => record.Assignments.Exists(assignment => assignment.ScheduleId == scheduleId)))
            {
                throw new ScheduleConflictException(
                    "The schedule is, or was, somebody's: their days follow from it. End its assignments instead of deleting it.");
            }

            transaction.State = state with { Schedules = state.Schedules.Remove(scheduleId) };
            if (state.Schedules.ContainsKey(scheduleId))
            {
                transaction.Audit(now, note, AuditActions.ScheduleDeleted, null, $"schedule {scheduleId}");
            }

            return state.Schedules.ContainsKey(scheduleId);
        }
    }

    public Task<IReadOnlyList<Schedule>> ListSchedulesAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<Schedule>>(
            state => [.. state.Schedules.Values.OrderBy(schedule => schedule.Name, StringComparer.Ordinal)], cancellationToken);

    public Task SetDefaultScheduleAsync(
        Guid? scheduleId, DateOnly from, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Set, cancellationToken);

        bool Set(Transaction transaction)
        {
            var state = transaction.State;
            Require(state, scheduleId);
            transaction.State = state with
            {
                Defaults = state.Defaults.RemoveAll(entry => entry.From >= from).Add(new DefaultSchedule
                {
                    From = from,
                    ScheduleId = scheduleId,
                }),
            };
            transaction.Ask(scheduleId: null);
            var described = scheduleId is { } id ? $"schedule {id}" : "none";
            transaction.Audit(now, note, AuditActions.DefaultScheduleSet, null, @new: $"{described}, from {from:O}");
            return true;
        }
    }

    public Task<IReadOnlyList<DefaultSchedule>> ListDefaultSchedulesAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<DefaultSchedule>>(state => state.Defaults, cancellationToken);

    public Task SaveCalendarAsync(HolidayCalendar calendar, AuditNote note, CancellationToken cancellationToken = default)
    {
        HolidayCalendar.ThrowIfInvalid(calendar);
        AuditNote.ThrowIfInvalid(note);
        calendar = calendar with { Holidays = [.. calendar.Holidays.OrderBy(holiday => holiday.Date)] };
        var now = time.GetUtcNow();
        return database.WriteAsync(Save, cancellationToken);

        bool Save(Transaction transaction)
        {
            var state = transaction.State;
            if (state.Calendars.Values.Any(other => other.Name == calendar.Name && other.Id != calendar.Id))
            {
                throw new ScheduleConflictException($"There is another calendar with the name \"{calendar.Name}\".");
            }

            var old = state.Calendars.GetValueOrDefault(calendar.Id);
            transaction.State = state with { Calendars = state.Calendars.SetItem(calendar.Id, calendar) };
            var own = state.People.Values.SelectMany(record => record.Assignments)
                .Where(assignment => assignment.HolidayCalendarId == calendar.Id).Select(assignment => assignment.ScheduleId);
            foreach (var schedule in state.Schedules.Values.Where(schedule => schedule.HolidayCalendarId == calendar.Id)
                .Select(schedule => schedule.Id).Union(own))
            {
                transaction.Ask(schedule);
            }

            transaction.Audit(
                now, note, AuditActions.CalendarSaved, null, old is null ? null : Describe(old), Describe(calendar));
            return true;
        }
    }

    public Task<bool> DeleteCalendarAsync(Guid calendarId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Delete, cancellationToken);

        bool Delete(Transaction transaction)
        {
            var state = transaction.State;
            if (state.Schedules.Values.FirstOrDefault(schedule => schedule.HolidayCalendarId == calendarId) is { } user)
            {
                throw new ScheduleConflictException($"The schedule \"{user.Name}\" uses the calendar.");
            }

            if (state.People.Values.Any(record => record.Assignments.Exists(assignment => assignment.HolidayCalendarId == calendarId)))
            {
                throw new ScheduleConflictException("It is the calendar of somebody's assignment.");
            }

            transaction.State = state with { Calendars = state.Calendars.Remove(calendarId) };
            if (state.Calendars.ContainsKey(calendarId))
            {
                transaction.Audit(now, note, AuditActions.CalendarDeleted, null, $"calendar {calendarId}");
            }

            return state.Calendars.ContainsKey(calendarId);
        }
    }

    public Task<IReadOnlyList<HolidayCalendar>> ListCalendarsAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<HolidayCalendar>>(
            state => [.. state.Calendars.Values.OrderBy(calendar => calendar.Name, StringComparer.Ordinal)], cancellationToken);

    public Task<int> CountPendingAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(state => state.Jobs.Count, cancellationToken);

    private static void Require(State state, Guid? scheduleId)
    {
        if (scheduleId is { } id && !state.Schedules.ContainsKey(id))
        {
            throw new ArgumentException($"There is no schedule {id}.", nameof(scheduleId));
        }
    }

    private static void RequireCalendar(State state, Guid? calendarId)
    {
        if (calendarId is { } id && !state.Calendars.ContainsKey(id))
        {
            throw new ArgumentException($"There is no holiday calendar {id}.", nameof(calendarId));
        }
    }

    private static string Describe(Schedule schedule)
    {
        var times = FormattableString.Invariant($"{schedule.Start:HH:mm} to {schedule.End:HH:mm} {schedule.TimeZone}");
        return $"schedule {schedule.Id}, \"{schedule.Name}\", {times}, {schedule.Weekdays}";
    }

    private static string Describe(HolidayCalendar calendar) =>
        $"calendar {calendar.Id}, \"{calendar.Name}\", {calendar.Holidays.Count} holidays";
}
