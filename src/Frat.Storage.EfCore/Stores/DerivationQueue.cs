using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>
/// Derives days anew that many people share a change of, and days that are over. What is to be done is in the database, put there in the
/// transaction of the change: it survives the process, and any host goes on with it. Doing something twice is harmless.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DerivationQueue(FratDatabase database, DayDeriver deriver, IAttendanceRules rules, TimeProvider time)
{
    private const int PeopleAtOnce = 50;
    private const int DaysAtOnce = 200;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);
    private readonly ChangeSignal _signal = new();

    /// <summary>Completes when something was added by this process.</summary>
    public Task Added => _signal.Next;

    /// <summary>Adds days to be derived to the transaction of a change.</summary>
    /// <param name="context">The context of the change.</param>
    /// <param name="scheduleId">Whoever is assigned this schedule; null: everybody.</param>
    /// <param name="first">The first work date.</param>
    /// <param name="last">The last work date, included.</param>
    public static void Add(FratDbContext context, Guid? scheduleId, DateOnly first, DateOnly last) =>
        context.Derivations.Add(new DerivationRow { ScheduleId = scheduleId, FirstDate = first, LastDate = last });

    /// <summary>Wakes the service, once the transaction is through.</summary>
    public void Raise() => _signal.Raise();

    /// <summary>Does all there is to do now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AskForClosedDatesAsync(cancellationToken).ConfigureAwait(false);
        while (await CloseAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        while (await FindNextAsync(cancellationToken).ConfigureAwait(false) is { } next && await ContinueAsync(next, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>For each schedule: whoever did not come is absent once the shift's window is over.</summary>
    private Task<bool> AskForClosedDatesAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            "Derive",
            async (context, cancel) =>
            {
                foreach (var row in await context.Schedules.OrderBy(row => row.Name).ToListAsync(cancel).ConfigureAwait(false))
                {
                    var closed = rules.FindLastClosedDate(row.ToSchedule(), time.GetUtcNow());
                    var first = row.ClosedThrough?.Plus(1) ?? closed;
                    if (first > closed
                        || await context.Schedules.Where(other => other.Id == row.Id && other.ClosedThrough == row.ClosedThrough)
                            .ExecuteUpdateAsync(set => set.SetProperty(other => other.ClosedThrough, closed), cancel).ConfigureAwait(false) == 0)
                    {
                        continue;
                    }

                    var isDefault = await context.DefaultSchedules.AnyAsync(other => other.ScheduleId == row.Id, cancel).ConfigureAwait(false);
                    Add(context, isDefault ? null : row.Id, first, closed);
                }

                return true;
            },
            cancellationToken);

    /// <summary>Judges days whose shift is over and that were not judged for good.</summary>
    /// <returns>Whether there may be more.</returns>
    private async Task<bool> CloseAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicrosecond();
        var due = await database.ReadAsync(
            "Derive",
            (context, cancel) => context.AttendanceDays.Where(row => row.ClosesAt <= now).OrderBy(row => row.ClosesAt).Take(DaysAtOnce)
                .Select(row => new { row.PersonId, row.Date }).ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        foreach (var people in due.GroupBy(day => day.PersonId).OrderBy(days => days.Key).Chunk(PeopleAtOnce))
        {
            await database.WriteAsync(
                "Derive",
                async (context, cancel) =>
                {
                    foreach (var days in people)
                    {
                        await DeriveAsync(context, days.Key, days.Min(day => day.Date), days.Max(day => day.Date), cancel).ConfigureAwait(false);
                    }

                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return due.Count == DaysAtOnce;
    }

    private Task<DerivationRow?> FindNextAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicrosecond();
        return database.ReadAsync(
            "Derive",
            (context, cancel) => context.Derivations
                .Where(row => row.Sequence > 0 && (row.ClaimedUntil == null || row.ClaimedUntil < now))
                .OrderBy(row => row.Sequence).FirstOrDefaultAsync(cancel),
            cancellationToken);
    }

    /// <summary>Derives the days of some more people, and remembers how far it came, in one transaction for each batch.</summary>
    /// <returns>Whether to look for more.</returns>
    private async Task<bool> ContinueAsync(DerivationRow job, CancellationToken cancellationToken)
    {
        while (true)
        {
            var done = await database.WriteAsync("Derive", BatchAsync, cancellationToken).ConfigureAwait(false);
            if (done is { } all)
            {
                return all;
            }
        }

        // True: all done. False: another host is at it. Null: there is more.
        async Task<bool?> BatchAsync(FratDbContext context, CancellationToken cancel)
        {
            var now = time.GetUtcNow().ToMicrosecond();
            var claimed = await context.Derivations
                .Where(row => row.Sequence == job.Sequence && row.DoneThrough == job.DoneThrough && row.ClaimedUntil == job.ClaimedUntil)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedUntil, now + Claim), cancel).ConfigureAwait(false);
            if (claimed == 0)
            {
                return false;
            }

            var people = await NextPeopleAsync(context, job, cancel).ConfigureAwait(false);
            foreach (var person in people)
            {
                await DeriveAsync(context, person, job.FirstDate, job.LastDate, cancel).ConfigureAwait(false);
            }

            if (people.Count < PeopleAtOnce)
            {
                await context.Derivations.Where(row => row.Sequence == job.Sequence).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
                return true;
            }

            await context.Derivations.Where(row => row.Sequence == job.Sequence)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DoneThrough, people[^1]), cancel).ConfigureAwait(false);
            await context.SaveChangesAsync(cancel).ConfigureAwait(false);
            (job.DoneThrough, job.ClaimedUntil) = (people[^1], now + Claim);
            return null;
        }
    }

    private static Task<List<Guid>> NextPeopleAsync(FratDbContext context, DerivationRow job, CancellationToken cancellationToken)
    {
        var people = job.DoneThrough is { } after ? context.People.Where(row => row.Id > after) : context.People;
        if (job.ScheduleId is { } id)
        {
            people = people.Where(row => context.ScheduleAssignments.Any(assignment => assignment.ScheduleId == id && assignment.PersonId == row.Id));
        }

        return people.OrderBy(row => row.Id).Select(row => row.Id).Take(PeopleAtOnce).ToListAsync(cancellationToken);
    }

    private async Task DeriveAsync(FratDbContext context, Guid personId, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        await database.LockPersonAsync(context, personId, cancellationToken).ConfigureAwait(false);
        if (await context.People.FirstOrDefaultAsync(row => row.Id == personId, cancellationToken).ConfigureAwait(false) is { } person)
        {
            await deriver.DeriveAllAsync(context, person, first, last, cancellationToken).ConfigureAwait(false);
        }
    }
}
