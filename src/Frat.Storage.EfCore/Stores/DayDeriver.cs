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
        FratDbContext context, Person person, DateOnly first, DateOnly last, Punch? added, CancellationToken cancellationToken)
    {
        var days = rules.Derive(await ReadFactsAsync(context, person, first, last, added, cancellationToken).ConfigureAwait(false));
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

    /// <summary>Derives one day and stores nothing.</summary>
    public async Task<DayDetail> ReadAsync(FratDbContext context, Person person, DateOnly date, CancellationToken cancellationToken) =>
        rules.Derive(await ReadFactsAsync(context, person, date, date, added: null, cancellationToken).ConfigureAwait(false))[0];

    private static bool Apply(FratDbContext context, Person person, DayDetail derived, AttendanceDayRow? row)
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

        return new AttendanceFacts { Person = person, FirstDate = first, LastDate = last, AsOf = time.GetUtcNow(), Punches = punches };
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
