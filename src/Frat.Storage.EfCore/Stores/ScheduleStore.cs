using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Schedules, who works by them, holidays and leaves in a relational database. Here: what people share.</summary>
internal sealed partial class ScheduleStore(
    FratDatabase database, DayDeriver deriver, DerivationQueue queue, IAttendanceRules rules, Eraser eraser, TimeProvider time)
        : IScheduleStore
{
    public async Task SaveScheduleAsync(Schedule schedule, AuditNote note, CancellationToken cancellationToken = default)
    {
        rules.Check(schedule);
        Schedule.ThrowIfInvalid(schedule);
        AuditNote.ThrowIfInvalid(note);
        string? old = null;
        await ChangeAsync(
            "SaveSchedule",
            SaveAsync,
            note,
            AuditActions.ScheduleSaved,
            () => (old, Describe(schedule)),
            cancellationToken).ConfigureAwait(false);

        async Task<bool> SaveAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.Schedules.AnyAsync(row => row.Name == schedule.Name && row.Id != schedule.Id, cancel).ConfigureAwait(false))
            {
                throw new ScheduleConflictException($"There is another schedule with the name \"{schedule.Name}\".");
            }

            await RequireCalendarAsync(context, schedule.HolidayCalendarId, cancel).ConfigureAwait(false);

            var stored = await context.Schedules.AsTracking()
                .FirstOrDefaultAsync(row => row.Id == schedule.Id, cancel).ConfigureAwait(false);
            var changed = ScheduleRow.From(schedule);
            old = stored is null ? null : Describe(stored.ToSchedule());
            if (stored is null)
            {
                context.Schedules.Add(changed);
                return true;
            }

            // With other times, dates that were over may not be over any more: they are asked for again when they are.
            var closed = rules.FindLastClosedDate(schedule, time.GetUtcNow());
            changed.ClosedThrough = stored.ClosedThrough < closed ? stored.ClosedThrough : stored.ClosedThrough is null ? null : closed;
            context.Entry(stored).CurrentValues.SetValues(changed);
            stored.TakePattern(changed);
            await AddAsync(context, schedule.Id, DateOnly.MinValue, DateOnly.MaxValue, cancel).ConfigureAwait(false);
            return true;
        }
    }

    public Task<bool> DeleteScheduleAsync(Guid scheduleId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        return ChangeAsync(
            "DeleteSchedule", DeleteAsync, note, AuditActions.ScheduleDeleted, () => ($"schedule {scheduleId}", null), cancellationToken);

        async Task<bool> DeleteAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.ScheduleAssignments.AnyAsync(row => row.ScheduleId == scheduleId, cancel).ConfigureAwait(false)
                || await context.DefaultSchedules.AnyAsync(row => row.ScheduleId == scheduleId, cancel).ConfigureAwait(false))
            {
                throw new ScheduleConflictException(
                    "The schedule is, or was, somebody's: their days follow from it. End its assignments instead of deleting it.");
            }

            return await context.Schedules.Where(row => row.Id == scheduleId).ExecuteDeleteAsync(cancel).ConfigureAwait(false) > 0;
        }
    }

    public async Task<IReadOnlyList<Schedule>> ListSchedulesAsync(CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListSchedules",
            (context, cancel) => context.Schedules.OrderBy(row => row.Name).ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToSchedule())];
    }

    public async Task SetDefaultScheduleAsync(
        Guid? scheduleId, DateOnly from, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var described = $"{(scheduleId is { } held ? $"schedule {held}" : "none")}, from {from:O}";
        await ChangeAsync(
            "SetDefaultSchedule",
            SetAsync,
            note,
            AuditActions.DefaultScheduleSet,
            () => (null, described),
            cancellationToken).ConfigureAwait(false);

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
            "ListDefaultSchedules",
            (context, cancel) => context.DefaultSchedules.OrderBy(row => row.FirstDate).ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToDefault())];
    }

    public async Task SaveCalendarAsync(HolidayCalendar calendar, AuditNote note, CancellationToken cancellationToken = default)
    {
        HolidayCalendar.ThrowIfInvalid(calendar);
        AuditNote.ThrowIfInvalid(note);
        string? old = null;
        await ChangeAsync(
            "SaveCalendar",
            SaveAsync,
            note,
            AuditActions.CalendarSaved,
            () => (old, Describe(calendar)),
            cancellationToken).ConfigureAwait(false);

        async Task<bool> SaveAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.HolidayCalendars.AnyAsync(
                row => row.Name == calendar.Name && row.Id != calendar.Id, cancel).ConfigureAwait(false))
            {
                throw new ScheduleConflictException($"There is another calendar with the name \"{calendar.Name}\".");
            }

            var stored = await context.HolidayCalendars.AsTracking().Include(row => row.Holidays)
                .FirstOrDefaultAsync(row => row.Id == calendar.Id, cancel).ConfigureAwait(false);
            old = stored is null ? null : Describe(stored.ToCalendar());
            var before = stored?.Holidays.Select(row => (row.Date, row.Part)).ToHashSet() ?? [];
            if (stored is null)
            {
                stored = new HolidayCalendarRow { Id = calendar.Id, Name = calendar.Name };
                context.HolidayCalendars.Add(stored);
            }

            stored.Name = calendar.Name;
            var after = calendar.Holidays.ToDictionary(holiday => holiday.Date);
            stored.Holidays.RemoveAll(row => !after.ContainsKey(row.Date));
            foreach (var (date, holiday) in after)
            {
                if (stored.Holidays.Find(row => row.Date == date) is { } known)
                {
                    (known.Name, known.Part) = (holiday.Name, holiday.Part);
                }
                else
                {
                    stored.Holidays.Add(new HolidayRow { CalendarId = calendar.Id, Date = date, Name = holiday.Name, Part = holiday.Part });
                }
            }

            before.SymmetricExceptWith(after.Values.Select(holiday => (holiday.Date, holiday.Part)));
            var schedules = before.Count == 0 ? [] : await context.Schedules.Where(row => row.HolidayCalendarId == calendar.Id)
                .Select(row => row.Id)
                .Union(context.ScheduleAssignments.Where(row => row.HolidayCalendarId == calendar.Id).Select(row => row.ScheduleId))
                .ToListAsync(cancel).ConfigureAwait(false);
            foreach (var schedule in schedules)
            {
                foreach (var (first, last) in Dates.Around(before.Select(holiday => holiday.Date).Distinct(), DayDeriver.ReachDays))
                {
                    await AddAsync(context, schedule, first, last, cancel).ConfigureAwait(false);
                }
            }

            return true;
        }
    }

    public Task<bool> DeleteCalendarAsync(Guid calendarId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        return ChangeAsync(
            "DeleteCalendar", DeleteAsync, note, AuditActions.CalendarDeleted, () => ($"calendar {calendarId}", null), cancellationToken);

        async Task<bool> DeleteAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.Schedules.FirstOrDefaultAsync(
                row => row.HolidayCalendarId == calendarId, cancel).ConfigureAwait(false) is { } user)
            {
                throw new ScheduleConflictException($"The schedule \"{user.Name}\" uses the calendar.");
            }

            if (await context.ScheduleAssignments.AnyAsync(row => row.HolidayCalendarId == calendarId, cancel).ConfigureAwait(false))
            {
                throw new ScheduleConflictException("It is the calendar of somebody's assignment.");
            }

            return await context.HolidayCalendars.Where(row => row.Id == calendarId).ExecuteDeleteAsync(cancel).ConfigureAwait(false) > 0;
        }
    }

    public async Task<IReadOnlyList<HolidayCalendar>> ListCalendarsAsync(CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListCalendars",
            (context, cancel) => context.HolidayCalendars.Include(row => row.Holidays).OrderBy(row => row.Name).ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToCalendar())];
    }

    public Task<int> CountPendingAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            "CountPending", (context, cancel) => context.Derivations.CountAsync(row => row.Sequence > 0, cancel), cancellationToken);

    private static async Task RequireScheduleAsync(FratDbContext context, Guid scheduleId, CancellationToken cancellationToken)
    {
        if (!await context.Schedules.AnyAsync(row => row.Id == scheduleId, cancellationToken).ConfigureAwait(false))
        {
            throw new ArgumentException($"There is no schedule {scheduleId}.", nameof(scheduleId));
        }
    }

    private static async Task RequireCalendarAsync(FratDbContext context, Guid? calendarId, CancellationToken cancellationToken)
    {
        if (calendarId is { } id && !await context.HolidayCalendars.AnyAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false))
        {
            throw new ArgumentException($"There is no holiday calendar {id}.", nameof(calendarId));
        }
    }

    /// <summary>Asks for the days of anyone who works by a schedule: everybody, where it was ever the default.</summary>
    private static async Task AddAsync(
        FratDbContext context, Guid scheduleId, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var isDefault =
            await context.DefaultSchedules.AnyAsync(row => row.ScheduleId == scheduleId, cancellationToken).ConfigureAwait(false);
        DerivationQueue.Add(context, isDefault ? null : scheduleId, first, last);
    }

    private static string Describe(Schedule schedule) => string.Create(
        CultureInfo.InvariantCulture,
        $"schedule {schedule.Id}, \"{schedule.Name}\", {DescribeHours(schedule)}, {schedule.TimeZone}");

    private static string DescribeHours(Schedule schedule) => schedule.Pattern.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{schedule.Start:HH:mm} to {schedule.End:HH:mm}, {schedule.Weekdays}")
        : string.Join(", ", schedule.Pattern.Select(hours => string.Create(
            CultureInfo.InvariantCulture,
            $"{(schedule.PatternWeeks > 1 ? $"week {hours.Week + 1} " : "")}{hours.Day} {hours.Start:HH:mm} to {hours.End:HH:mm}")));

    private static string Describe(HolidayCalendar calendar) =>
        $"calendar {calendar.Id}, \"{calendar.Name}\", {calendar.Holidays.Count} holidays";

    /// <summary>Changes what is everybody's, with its line in the audit trail, and has the days derived that it touches.</summary>
    /// <param name="operation">The contract's method.</param>
    /// <param name="work">The change; false when there was nothing to change.</param>
    /// <param name="note">Who and why.</param>
    /// <param name="action">What the audit trail calls it.</param>
    /// <param name="describe">What was, and what is; called after the work.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
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
}
