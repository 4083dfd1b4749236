using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>
/// Derives days anew that many people share a change of, and days that are over. What is to be done is in the database, put there in the
/// transaction of the change: it survives the process, and any host goes on with it. Doing something twice is harmless.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class DerivationQueue(FratDatabase database, DayDeriver deriver, IAttendanceRules rules, TimeProvider time)
{
    private const int PeopleAtOnce = 50;

    /// <summary>The most days that wait to be judged which are taken at a time.</summary>
    private const int DueAtOnce = 200;

    /// <summary>After how many days a transaction ends; the last person's may be <see cref="DayDeriver.DaysAtOnce"/> more.</summary>
    internal const int DaysAtOnce = 2000;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);
    private readonly ChangeSignal _signal = new();

    /// <summary>Completes when something was added by this process.</summary>
    public Task Added => _signal.Next;

    /// <summary>Adds days to be derived to the transaction of a change.</summary>
    /// <param name="context">The context of the change.</param>
    /// <param name="scheduleId">Anyone who is assigned this schedule; null: everybody.</param>
    /// <param name="first">The first work date.</param>
    /// <param name="last">The last work date, included.</param>
    public static void Add(FratDbContext context, Guid? scheduleId, DateOnly first, DateOnly last) =>
        context.Derivations.Add(new DerivationRow { ScheduleId = scheduleId, FirstDate = first, LastDate = last });

    /// <summary>The same for days of one person.</summary>
    public static void AddOf(FratDbContext context, Guid personId, DateOnly first, DateOnly last) =>
        context.Derivations.Add(new DerivationRow { PersonId = personId, FirstDate = first, LastDate = last });

    /// <summary>
    /// Adds days of one person, of which there are too many for the transaction of a change, to it. The caller is at them at once: see
    /// <see cref="FinishAsync"/>.
    /// </summary>
    public DerivationRow AddClaimed(FratDbContext context, Guid personId, DateOnly first, DateOnly last)
    {
        var row = new DerivationRow
        {
            PersonId = personId,
            FirstDate = first,
            LastDate = last,
            ClaimedUntil = (time.GetUtcNow() + Claim).ToMicrosecond(),
        };
        context.Derivations.Add(row);
        return row;
    }

    /// <summary>
    /// Derives what <see cref="AddClaimed"/> added, once the transaction is through. Whatever ends it, the service goes on.
    /// </summary>
    public Task FinishAsync(DerivationRow added, CancellationToken cancellationToken) => ContinueAsync(added, cancellationToken);

    /// <summary>Wakes the service, once the transaction is through.</summary>
    public void Raise() => _signal.Raise();

    /// <summary>Does all there is to do now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AskForClosedDatesAsync(cancellationToken).ConfigureAwait(false);
        await AskForLeavesAsync(cancellationToken).ConfigureAwait(false);
        while (await CloseAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        while (await FindNextAsync(cancellationToken).ConfigureAwait(false) is { } next
            && await ContinueAsync(next, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Judges days whose shift is over and that were not judged for good.</summary>
    /// <returns>Whether there may be more.</returns>
    private async Task<bool> CloseAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicrosecond();
        var due = await database.ReadAsync(
            "Derive",
            (context, cancel) => context.AttendanceDays.Where(row => row.ClosesAt <= now).OrderBy(row => row.ClosesAt).Take(DueAtOnce)
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
                        await JudgeAsync(context, days.Key, days.Select(day => day.Date), cancel).ConfigureAwait(false);
                    }

                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return due.Count == DueAtOnce;
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
            var progress = (job.DoneThrough, job.PartPersonId, job.PartDate);
            var days = 0;
            var isAll = people.Count < PeopleAtOnce;
            foreach (var person in people)
            {
                var from = person == job.PartPersonId && job.PartDate is { } part ? part : job.FirstDate;
                var (some, next) = await DeriveAsync(context, person, from, job.LastDate, DaysAtOnce - days, cancel).ConfigureAwait(false);
                days += some;
                progress = next is null ? (person, null, null) : (progress.DoneThrough, person, next);
                if (next is not null || days >= DaysAtOnce)
                {
                    isAll = false;
                    break;
                }
            }

            if (isAll)
            {
                await context.Derivations.Where(row => row.Sequence == job.Sequence).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
                return true;
            }

            await context.Derivations.Where(row => row.Sequence == job.Sequence)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.DoneThrough, progress.DoneThrough)
                        .SetProperty(row => row.PartPersonId, progress.PartPersonId).SetProperty(row => row.PartDate, progress.PartDate),
                    cancel).ConfigureAwait(false);
            await context.SaveChangesAsync(cancel).ConfigureAwait(false);
            (job.DoneThrough, job.PartPersonId, job.PartDate) = progress;
            job.ClaimedUntil = now + Claim;
            return null;
        }
    }

    private static Task<List<Guid>> NextPeopleAsync(FratDbContext context, DerivationRow job, CancellationToken cancellationToken)
    {
        var people = job.DoneThrough is { } after ? context.People.Where(row => row.Id > after) : context.People;
        if (job.PersonId is { } one)
        {
            people = people.Where(row => row.Id == one);
        }

        if (job.ScheduleId is { } id)
        {
            people = people.Where(row => context.ScheduleAssignments.Any(
                assignment => assignment.ScheduleId == id && assignment.PersonId == row.Id));
        }

        return people.OrderBy(row => row.Id).Select(row => row.Id).Take(PeopleAtOnce).ToListAsync(cancellationToken);
    }

    /// <summary>Derives a person's days, until there are no more or as many as asked for.</summary>
    /// <returns>How many were derived, and from which date to go on; null when that was all.</returns>
    private async Task<(int Days, DateOnly? Next)> DeriveAsync(
        FratDbContext context, Guid personId, DateOnly first, DateOnly last, int most, CancellationToken cancellationToken)
    {
        var days = 0;
        DateOnly? next = first;
        if (await LockAsync(context, personId, cancellationToken).ConfigureAwait(false) is not { } person)
        {
            return (days, null);
        }

        while (next is { } from && days < most)
        {
            (var some, _, next) = await deriver.DeriveNextAsync(context, person, from, last, cancellationToken).ConfigureAwait(false);
            days += some;
        }

        return (days, next);
    }

    private async Task JudgeAsync(FratDbContext context, Guid personId, IEnumerable<DateOnly> dates, CancellationToken cancellationToken)
    {
        if (await LockAsync(context, personId, cancellationToken).ConfigureAwait(false) is { } person)
        {
            foreach (var (first, last) in Dates.Around(dates, reach: 0))
            {
                await deriver.DeriveAsync(context, person, first, last, added: null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<PersonRow?> LockAsync(FratDbContext context, Guid personId, CancellationToken cancellationToken)
    {
        await database.LockPersonAsync(context, personId, cancellationToken).ConfigureAwait(false);
        return await context.People.FirstOrDefaultAsync(row => row.Id == personId, cancellationToken).ConfigureAwait(false);
    }
}
