using Frat.Storage.EfCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat.Testing;

/// <summary>Keeps days up to date while nobody punches: works off changes that many people share, and judges days that are over.</summary>
internal sealed class DayKeeper(InMemoryDatabase database, DayDeriver deriver, TimeProvider time, ILogger<DayKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (deriver.HasRules && !stoppingToken.IsCancellationRequested)
        {
            var asked = database.Asked;
            try
            {
                while (database.Write(DeriveNext))
                {
                    stoppingToken.ThrowIfCancellationRequested();
                    await Task.Yield();
                }

                JudgeDue(stoppingToken);
                database.Write(transaction => ClockWatch.Observe(transaction, time.GetUtcNow().ToMicrosecond()));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is, such as rules of a test that throw, check-ins must go on.
                Log.DaysNotKept(logger, Interval, exception);
            }

            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(asked, Task.Delay(Interval, time, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Derives the days of the next person whom a change touches. Of several hosts, each takes another one.</summary>
    /// <returns>Whether to look for more.</returns>
    private bool DeriveNext(Transaction transaction)
    {
        if (transaction.State.Jobs is not [var job, ..])
        {
            return false;
        }

        var next = transaction.State.People.Values.FirstOrDefault(record =>
            (job.DoneThrough is not { } done || record.Person.Id.CompareTo(done) > 0)
            && (job.ScheduleId is not { } id || record.Assignments.Exists(assignment => assignment.ScheduleId == id)));
        if (next is not null)
        {
            deriver.DeriveAll(transaction, next.Person.Id);
        }

        transaction.State = transaction.State with
        {
            Jobs = next is null
                ? transaction.State.Jobs.RemoveAt(0)
                : transaction.State.Jobs.SetItem(0, job with { DoneThrough = next.Person.Id }),
        };
        return true;
    }

    /// <summary>Derives anew where a shift is over by now or a leave has begun, and where the clock was put back since.</summary>
    private void JudgeDue(CancellationToken cancellationToken)
    {
        foreach (var id in database.State.People.Keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (database.State.Find(id) is { } record && IsDue(record))
            {
                database.Write(transaction =>
                    transaction.Find(id) is { } now && IsDue(now) ? deriver.DeriveAll(transaction, id) : 0);
            }
        }
    }

    private bool IsDue(PersonRecord record) => record.LookAgainAt <= time.GetUtcNow() || record.DerivedAsOf > time.GetUtcNow();
}
