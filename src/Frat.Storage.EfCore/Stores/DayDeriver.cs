using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Derives one person's days within a transaction, and brings their rows up to date. Thread-safe.</summary>
/// <remarks>The caller holds the person's lock, so that the facts stay as they were read until the days are stored.</remarks>
internal sealed class DayDeriver(IAttendanceRules rules, TimeProvider time)
{
    /// <summary>How far from its local date a punch, or a change of it, can make a difference: as far as the rules look.</summary>
    public const int ReachDays = AttendanceFacts.MarginDays;

    /// <summary>
    /// The most days that are derived at a time. Anyone who writes holds the lock that every other writer of SQLite needs, and everybody's
    /// check-in waits for it.
    /// </summary>
    public const int DaysAtOnce = 366;

    // How far the date somewhere may be ahead of UTC's.
    private const int DaysAhead = 2;

    /// <summary>The rules that days are derived by.</summary>
    public IAttendanceRules Rules => rules;

    /// <summary>Derives a span of days, and brings their rows up to date. Each date at most once in a transaction.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="person">Who.</param>
    /// <param name="first">The first work date.</param>
    /// <param name="last">The last work date, included.</param>
    /// <param name="added">A punch that is about to be stored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came out.</returns>
    public async Task<DerivedDays> DeriveAsync(
        FratDbContext context, PersonRow person, DateOnly first, DateOnly last, PunchFacts? added, CancellationToken cancellationToken)
    {
        var (facts, marks) = await ReadFactsAsync(context, person.ToPerson(), first, last, added, cancellationToken).ConfigureAwait(false);
        var days = Derive(facts, person);
        await AskedDates.AskAgainAsync(context, facts, marks, days, cancellationToken).ConfigureAwait(false);
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

    /// <summary>
    /// Derives what there is of a span of days, which may be all of the calendar, but no more than <see cref="DaysAtOnce"/> days.
    /// </summary>
    /// <returns>
    /// How many days that were, how many of them came out different from what was stored, and from which date to go on; null when that was
    /// all.
    /// </returns>
    public async Task<(int Days, int Changed, DateOnly? Next)> DeriveNextAsync(
        FratDbContext context, PersonRow person, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var (days, changed) = (0, 0);
        foreach (var span in await FindSpansAsync(context, person, first, last, cancellationToken).ConfigureAwait(false))
        {
            if (days == DaysAtOnce)
            {
                return (days, changed, span.First);
            }

            var most = span.First.Plus(DaysAtOnce - days - 1);
            var end = most < span.Last ? most : span.Last;
            changed += (await DeriveAsync(context, person, span.First, end, added: null, cancellationToken).ConfigureAwait(false)).Changed;
            days += end.DayNumber - span.First.DayNumber + 1;
            if (end < span.Last)
            {
                return (days, changed, end.Plus(1));
            }
        }

        return (days, changed, null);
    }

    /// <summary>
    /// Finds the punches that belong to the days before a date, void ones too. Without them, the days from that date on come out the same.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> FindPunchesBeforeAsync(
        FratDbContext context, PersonRow person, DateOnly date, CancellationToken cancellationToken)
    {
        var found = new List<Guid>();
        foreach (var (first, last) in await FindSpansAsync(
            context, person, DateOnly.MinValue, date.Plus(-1), cancellationToken).ConfigureAwait(false))
        {
            var days = await DeriveDaysAsync(context, person, first, last, cancellationToken).ConfigureAwait(false);
            found.AddRange(days.SelectMany(day => day.Punches).Select(punch => punch.PunchId));
        }

        return found;
    }

    /// <summary>Derives one day and stores nothing.</summary>
    public async Task<DayDetail> ReadAsync(FratDbContext context, PersonRow person, DateOnly date, CancellationToken cancellationToken) =>
        (await DeriveDaysAsync(context, person, date, date, cancellationToken).ConfigureAwait(false))[0];

    private async Task<IReadOnlyList<DayDetail>> DeriveDaysAsync(
        FratDbContext context, PersonRow person, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        Derive(
            (await ReadFactsAsync(context, person.ToPerson(), first, last, added: null, cancellationToken).ConfigureAwait(false)).Facts,
            person);

    private IReadOnlyList<DayDetail> Derive(AttendanceFacts facts, PersonRow person)
    {
        var days = rules.Derive(facts);
        return person.AttendanceKeptFrom is { } kept && facts.FirstDate < kept
            ? [.. days.Select(day => day.Date < kept && day.Day?.PunchId is null ? day with { Day = null, ClosesAt = null } : day)]
            : days;
    }

    /// <summary>
    /// Finds the dates of a span on which there can be anything: those from which on somebody may be missed until today, and those around
    /// each fact. A single far date makes no difference to the dates between.
    /// </summary>
    private async Task<List<(DateOnly First, DateOnly Last)>> FindSpansAsync(
        FratDbContext context, PersonRow person, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var assigned = await context.ScheduleAssignments.Where(row => row.PersonId == person.Id)
            .MinAsync(row => (DateOnly?)row.FirstDate, cancellationToken).ConfigureAwait(false);
        var hasSchedule = assigned is not null || await context.DefaultSchedules.AnyAsync(cancellationToken).ConfigureAwait(false);
        var from = Later(
            Earlier(DateOnly.FromDateTime(person.EnrolledAt.UtcDateTime), assigned ?? DateOnly.MaxValue),
            Punch.EarliestDate).Plus(-DaysAhead);
        from = person.AttendanceKeptFrom is { } kept ? Later(from, kept.Plus(-DaysAhead)) : from;
        var until = DateOnly.FromDateTime(now.UtcDateTime).Plus(DaysAhead);
        (from, until) = hasSchedule && from <= until ? (from, until) : (DateOnly.MaxValue, DateOnly.MinValue);

        var spans = new List<(DateOnly First, DateOnly Last)> { (from, until) };
        spans.AddRange(Dates.Around(
            await context.AttendanceDays.Where(
                row => row.PersonId == person.Id && row.Date >= first && row.Date <= last && (row.Date < from || row.Date > until))
                .Select(row => row.Date).ToListAsync(cancellationToken).ConfigureAwait(false),
            reach: 0));

        var (start, end) = (first.Plus(-ReachDays).ToDateTime(TimeOnly.MinValue), last.Plus(ReachDays).ToDateTime(TimeOnly.MaxValue));

        // Those near the edges of these dates may belong to a date beyond.
        var (before, after) = (from.Plus(ReachDays).ToDateTime(TimeOnly.MinValue), until.Plus(-ReachDays).ToDateTime(TimeOnly.MaxValue));
        var punches = await context.Punches
            .Where(row => row.PersonId == person.Id
                && row.LocalTime >= start
                && row.LocalTime <= end
                && (row.LocalTime < before || row.LocalTime > after))
            .Select(row => row.LocalTime.Date).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        var moved = await context.PunchCorrections
            .Where(row => row.PersonId == person.Id
                && row.LocalTime >= start
                && row.LocalTime <= end
                && (row.LocalTime < before || row.LocalTime > after))
            .Select(row => row.LocalTime!.Value.Date).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        spans.AddRange(Dates.Around(punches.Concat(moved).Select(DateOnly.FromDateTime), ReachDays));

        var leaves = await context.Leaves.Where(row => row.PersonId == person.Id && row.FirstDate <= last && row.LastDate >= first)
            .Select(row => new { row.FirstDate, row.LastDate }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var begun = Later(until, AttendanceFacts.FindLastBegunDate(now));
        spans.AddRange(leaves.Select(leave => (Later(leave.FirstDate, Punch.EarliestDate), Earlier(leave.LastDate, begun))));
        return Dates.Merge(spans.Select(span => (Later(span.First, first), Earlier(span.Last, last))));

        static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
        static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
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

    /// <summary>Reads what the days follow from, and through which date each schedule's absences were asked for.</summary>
    private async Task<(AttendanceFacts Facts, Dictionary<Guid, DateOnly> Marks)> ReadFactsAsync(
        FratDbContext context, Person person, DateOnly first, DateOnly last, PunchFacts? added, CancellationToken cancellationToken)
    {
        var from = first.Plus(-AttendanceFacts.MarginDays).ToDateTime(TimeOnly.MinValue);
        var to = last.Plus(AttendanceFacts.MarginDays).ToDateTime(TimeOnly.MaxValue);
        var punches = await ReadPunchesAsync(context, person.Id, from, to, cancellationToken).ConfigureAwait(false);
        if (added is not null)
        {
            punches.Add(added);
        }

        var facts = new AttendanceFacts { Person = person, FirstDate = first, LastDate = last, AsOf = time.GetUtcNow(), Punches = punches };
        return await AddSchedulesAsync(context, facts, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(AttendanceFacts Facts, Dictionary<Guid, DateOnly> Marks)> AddSchedulesAsync(
        FratDbContext context, AttendanceFacts facts, CancellationToken cancellationToken)
    {
        var personId = facts.Person.Id;
        var assignments = await context.ScheduleAssignments.Where(row => row.PersonId == personId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var defaults = await context.DefaultSchedules.OrderBy(row => row.FirstDate).ToListAsync(cancellationToken).ConfigureAwait(false);
        var ids = assignments.Select(row => row.ScheduleId).Concat(defaults.Select(row => row.ScheduleId).OfType<Guid>()).Distinct()
            .ToList();

        // The days next to those that are asked for decide to which of them a punch belongs.
        var (from, to) = (facts.FirstDate.Plus(-4 * AttendanceFacts.MarginDays), facts.LastDate.Plus(4 * AttendanceFacts.MarginDays));
        var schedules = ids.Count == 0
            ? []
            : await context.Schedules.Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
        var calendars = schedules.Select(row => row.HolidayCalendarId).Concat(assignments.Select(row => row.HolidayCalendarId))
            .OfType<Guid>().Distinct().ToList();
        var holidays = calendars.Count == 0 ? [] : await context.Holidays
            .Where(row => calendars.Contains(row.CalendarId) && row.Date >= from && row.Date <= to)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var leaves = await context.Leaves
            .Where(row => row.PersonId == personId && row.FirstDate <= facts.LastDate && row.LastDate >= facts.FirstDate)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var inactive = await context.InactivePeriods.Where(row => row.PersonId == personId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        facts = facts with
        {
            Assignments = [.. assignments.Select(row => row.ToAssignment())],
            Defaults = [.. defaults.Select(row => row.ToDefault())],
            Schedules = [.. schedules.Select(row => row.ToSchedule())],
            Calendars = [.. calendars.Select(id => new HolidayCalendar
            {
                Id = id,
                Name = "",
                Holidays = [.. holidays.Where(row => row.CalendarId == id).Select(row => row.ToHoliday())],
            })],
            Leaves = [.. leaves.Select(row => row.ToLeave())],
            InactivePeriods = [.. inactive.Select(row => row.ToPeriod())],
        };
        return (facts, schedules.Where(row => row.ClosedThrough is not null).ToDictionary(row => row.Id, row => row.ClosedThrough!.Value));
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

        return [.. own.Select(punch => punch.ToFacts())];
    }
}

/// <summary>What came of deriving days.</summary>
/// <param name="Days">The days, in order.</param>
/// <param name="Marked">The dates that a punch had marked before.</param>
/// <param name="Changed">How many days came out different from what was stored.</param>
internal sealed record DerivedDays(IReadOnlyList<DayDetail> Days, IReadOnlySet<DateOnly> Marked, int Changed);
