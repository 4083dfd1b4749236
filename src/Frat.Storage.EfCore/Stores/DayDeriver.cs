using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Derives one person's days within a transaction, and brings their rows up to date. Thread-safe.</summary>
/// <remarks>The caller holds the person's lock, so that the facts stay as they were read until the days are stored.</remarks>
internal sealed class DayDeriver(IAttendanceRules rules, TimeProvider time)
{
    /// <summary>How far from its local date a punch, or a change of it, can make a difference.</summary>
    public const int ReachDays = 2;

    /// <summary>Derives a span of days, and brings their rows up to date. Each date at most once in a transaction.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="person">Who.</param>
    /// <param name="first">The first work date.</param>
    /// <param name="last">The last work date, included.</param>
    /// <param name="added">A punch that is about to be stored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came out.</returns>
    public async Task<DerivedDays> DeriveAsync(
        FratDbContext context, PersonRow person, DateOnly first, DateOnly last, Punch? added, CancellationToken cancellationToken)
    {
        var days = await DeriveDaysAsync(context, person, first, last, added, cancellationToken).ConfigureAwait(false);
        var stored = await context.AttendanceDays.AsTracking()
            .Where(row => row.PersonId == person.Id && row.Date >= first && row.Date <= last)
            .ToDictionaryAsync(row => row.Date, cancellationToken).ConfigureAwait(false);
        var marked = stored.Values.Where(row => row.PunchId is not null).Select(row => row.Date).ToHashSet();
        var changed = 0;
        foreach (var day in days)
        {
            changed += Apply(context, person, day, stored.GetValueOrDefault(day.Date)) ? 1 : 0;
        }

        return new(days, marked, changed);
    }

    /// <summary>Derives what there is of a span of days; a span may reach over all of the calendar.</summary>
    /// <returns>How many days came out different from what was stored.</returns>
    public async Task<int> DeriveAllAsync(FratDbContext context, PersonRow person, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var (earliest, latest) = await FindSpanAsync(context, person, cancellationToken).ConfigureAwait(false);
        first = first > earliest ? first : earliest;
        last = last < latest ? last : latest;
        return last < first ? 0 : (await DeriveAsync(context, person, first, last, added: null, cancellationToken).ConfigureAwait(false)).Changed;
    }

    /// <summary>Finds the punches that belong to the days before a date, void ones too. Without them, the days from that date on come out the same.</summary>
    public async Task<IReadOnlyList<Guid>> FindPunchesBeforeAsync(FratDbContext context, PersonRow person, DateOnly date, CancellationToken cancellationToken)
    {
        var (earliest, _) = await FindSpanAsync(context, person, cancellationToken).ConfigureAwait(false);
        return earliest >= date ? [] :
        [
            .. (await DeriveDaysAsync(context, person, earliest, date.Plus(-1), added: null, cancellationToken).ConfigureAwait(false))
                .SelectMany(day => day.Punches).Select(punch => punch.PunchId),
        ];
    }

    /// <summary>Derives one day and stores nothing.</summary>
    public async Task<DayDetail> ReadAsync(FratDbContext context, PersonRow person, DateOnly date, CancellationToken cancellationToken) =>
        (await DeriveDaysAsync(context, person, date, date, added: null, cancellationToken).ConfigureAwait(false))[0];

    private async Task<IReadOnlyList<DayDetail>> DeriveDaysAsync(
        FratDbContext context, PersonRow person, DateOnly first, DateOnly last, Punch? added, CancellationToken cancellationToken)
    {
        var days = rules.Derive(await ReadFactsAsync(context, person.ToPerson(), first, last, added, cancellationToken).ConfigureAwait(false));
        return person.AttendanceKeptFrom is { } kept && first < kept
            ? [.. days.Select(day => day.Date < kept && day.Day?.PunchId is null ? day with { Day = null, ClosesAt = null } : day)]
            : days;
    }

    /// <summary>Finds the dates on which there can be anything: from the first fact to today, or to the last punch.</summary>
    private async Task<(DateOnly Earliest, DateOnly Latest)> FindSpanAsync(FratDbContext context, PersonRow person, CancellationToken cancellationToken)
    {
        var days = context.AttendanceDays.Where(row => row.PersonId == person.Id);
        var punches = context.Punches.Where(row => row.PersonId == person.Id);
        var moved = context.PunchCorrections.Where(row => row.PersonId == person.Id && row.LocalTime != null);
        var assigned = context.ScheduleAssignments.Where(row => row.PersonId == person.Id);

        // What nobody came to is told of from here on.
        DateOnly?[] expected =
        [
            DateOnly.FromDateTime(person.EnrolledAt.UtcDateTime),
            await assigned.MinAsync(row => (DateOnly?)row.FirstDate, cancellationToken).ConfigureAwait(false),
        ];
        var start = expected.OfType<DateOnly>().Min();
        DateOnly?[] facts =
        [
            person.AttendanceKeptFrom > start ? person.AttendanceKeptFrom : start,
            await days.MinAsync(row => (DateOnly?)row.Date, cancellationToken).ConfigureAwait(false),
            await days.MaxAsync(row => (DateOnly?)row.Date, cancellationToken).ConfigureAwait(false),
            ToDate(await punches.MinAsync(row => (DateTime?)row.LocalTime, cancellationToken).ConfigureAwait(false)),
            ToDate(await punches.MaxAsync(row => (DateTime?)row.LocalTime, cancellationToken).ConfigureAwait(false)),
            ToDate(await moved.MinAsync(row => row.LocalTime, cancellationToken).ConfigureAwait(false)),
            ToDate(await moved.MaxAsync(row => row.LocalTime, cancellationToken).ConfigureAwait(false)),
        ];
        return (
            facts.OfType<DateOnly>().Min().Plus(-ReachDays),
            facts.OfType<DateOnly>().Append(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).Max().Plus(ReachDays));

        static DateOnly? ToDate(DateTime? time) => time is { } local ? DateOnly.FromDateTime(local) : null;
    }

    private static bool Apply(FratDbContext context, PersonRow person, DayDetail derived, AttendanceDayRow? row)
    {
        if (derived.Day is not { } day)
        {
            if (row is not null)
            {
                context.AttendanceDays.Remove(row);
            }

            return row is not null;
        }

        if (row is null)
        {
            row = new AttendanceDayRow { PersonId = person.Id, Date = day.Date };
            row.Set(day, derived.ClosesAt);
            context.AttendanceDays.Add(row);
            return true;
        }

        row.Set(day, derived.ClosesAt);
        return context.Entry(row).State == EntityState.Modified;
    }

    private async Task<AttendanceFacts> ReadFactsAsync(
        FratDbContext context, Person person, DateOnly first, DateOnly last, Punch? added, CancellationToken cancellationToken)
    {
        var from = first.Plus(-AttendanceFacts.MarginDays).ToDateTime(TimeOnly.MinValue);
        var to = last.Plus(AttendanceFacts.MarginDays).ToDateTime(TimeOnly.MaxValue);
        var punches = await ReadPunchesAsync(context, person.Id, from, to, cancellationToken).ConfigureAwait(false);
        if (added is not null)
        {
            punches.Add(new PunchFacts(added, []));
        }

        var facts = new AttendanceFacts { Person = person, FirstDate = first, LastDate = last, AsOf = time.GetUtcNow(), Punches = punches };
        return await AddSchedulesAsync(context, facts, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<AttendanceFacts> AddSchedulesAsync(FratDbContext context, AttendanceFacts facts, CancellationToken cancellationToken)
    {
        var personId = facts.Person.Id;
        var assignments = await context.ScheduleAssignments.Where(row => row.PersonId == personId).ToListAsync(cancellationToken).ConfigureAwait(false);
        var defaults = await context.DefaultSchedules.OrderBy(row => row.FirstDate).ToListAsync(cancellationToken).ConfigureAwait(false);
        var ids = assignments.Select(row => row.ScheduleId).Concat(defaults.Select(row => row.ScheduleId).OfType<Guid>()).Distinct().ToList();
        if (ids.Count == 0)
        {
            return facts;
        }

        // The days next to those that are asked for decide to which of them a punch belongs.
        var (from, to) = (facts.FirstDate.Plus(-4 * AttendanceFacts.MarginDays), facts.LastDate.Plus(4 * AttendanceFacts.MarginDays));
        var schedules = await context.Schedules.Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
        var calendars = schedules.Select(row => row.HolidayCalendarId).OfType<Guid>().Distinct().ToList();
        var holidays = calendars.Count == 0 ? [] : await context.Holidays
            .Where(row => calendars.Contains(row.CalendarId) && row.Date >= from && row.Date <= to)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var leaves = await context.Leaves
            .Where(row => row.PersonId == personId && row.FirstDate <= facts.LastDate && row.LastDate >= facts.FirstDate)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var inactive = await context.InactivePeriods.Where(row => row.PersonId == personId).ToListAsync(cancellationToken).ConfigureAwait(false);
        return facts with
        {
            Assignments = [.. assignments.Select(row => row.ToAssignment())],
            Defaults = [.. defaults.Select(row => row.ToDefault())],
            Schedules = [.. schedules.Select(row => row.ToSchedule())],
            Calendars = [.. calendars.Select(id => new HolidayCalendar
            {
                Id = id,
                Name = "",
                Holidays = [.. holidays.Where(row => row.CalendarId == id).Select(row => new Holiday(row.Date, row.Name))],
            })],
            Leaves = [.. leaves.Select(row => row.ToLeave())],
            InactivePeriods = [.. inactive.Select(row => row.ToPeriod())],
        };
    }

    /// <summary>The punches that can count in a span of local times: those of it, and those that a correction moved to it.</summary>
    private static async Task<List<PunchFacts>> ReadPunchesAsync(
        FratDbContext context, Guid personId, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        var own = await context.Punches.Include(punch => punch.Corrections)
            .Where(punch => punch.PersonId == personId && punch.LocalTime >= from && punch.LocalTime <= to)
            .ToListAsync(cancellationToken).ConfigureAwait(false);

        // Apart, because an OR over both tables would read every punch that the person ever made.
        var moved = await context.PunchCorrections
            .Where(correction => correction.PersonId == personId && correction.LocalTime >= from && correction.LocalTime <= to)
            .Select(correction => correction.PunchId).Distinct()
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        moved.RemoveAll(id => own.Exists(punch => punch.Id == id));
        if (moved.Count > 0)
        {
            own.AddRange(await context.Punches.Include(punch => punch.Corrections)
                .Where(punch => moved.Contains(punch.Id))
                .ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        return [.. own.Select(punch => new PunchFacts(punch.ToPunch(), [.. punch.Corrections.Select(correction => correction.ToCorrection())]))];
    }
}

/// <summary>What came of deriving days.</summary>
/// <param name="Days">The days, in order.</param>
/// <param name="Marked">The dates that a punch had marked before.</param>
/// <param name="Changed">How many days came out different from what was stored.</param>
internal sealed record DerivedDays(IReadOnlyList<DayDetail> Days, IReadOnlySet<DateOnly> Marked, int Changed);
