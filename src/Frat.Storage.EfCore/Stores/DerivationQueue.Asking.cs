using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>Asks for dates that are over.</content>
internal sealed partial class DerivationQueue
{
    /// <summary>
    /// For each schedule: who did not come is absent once the shift's window is over. A schedule that was never asked for is asked for
    /// from the beginning, so that it makes no difference when a host ran.
    /// </summary>
    private async Task AskForClosedDatesAsync(CancellationToken cancellationToken)
    {
        var schedules = await database.ReadAsync(
            "Derive",
            (context, cancel) => context.Schedules.OrderBy(row => row.Name).ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        foreach (var row in schedules)
        {
            var now = time.GetUtcNow();
            var closed = rules.FindLastClosedDate(row.ToSchedule(), now);
            DateOnly ClosedAtMost() => rules.FindLastClosedDate(row.ToSchedule(), now + AskedDates.SkewOfHosts);
            if (Asked(row.ClosedThrough, closed, ClosedAtMost) is { } span)
            {
                await database.WriteAsync(
                    "Derive",
                    (context, cancel) => AskAsync(context, row, closed, span, cancel),
                    cancellationToken).ConfigureAwait(false);
            }
        }

        static async Task<bool> AskAsync(
            FratDbContext context, ScheduleRow row, DateOnly closed, (DateOnly First, DateOnly Last) span, CancellationToken cancel)
        {
            if (await context.Schedules.Where(other => other.Id == row.Id && other.ClosedThrough == row.ClosedThrough)
                    .ExecuteUpdateAsync(set => set.SetProperty(other => other.ClosedThrough, closed), cancel).ConfigureAwait(false) == 0)
            {
                return false;
            }

            var isDefault = await context.DefaultSchedules.AnyAsync(other => other.ScheduleId == row.Id, cancel).ConfigureAwait(false);
            Add(context, isDefault ? null : row.Id, span.First, span.Last);
            return true;
        }
    }

    /// <summary>The same for leaves of anyone who has no schedule, which are shown from when their date begins on.</summary>
    private async Task AskForLeavesAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var begun = AttendanceFacts.FindLastBegunDate(now);
        var mark = await database.ReadAsync(
            "Derive",
            (context, cancel) => context.LeaveMarks.FirstOrDefaultAsync(row => row.Id == LeaveMarkRow.TheOne, cancel),
            cancellationToken).ConfigureAwait(false);
        if (Asked(mark?.Through, begun, () => AttendanceFacts.FindLastBegunDate(now + AskedDates.SkewOfHosts)) is { } span)
        {
            await database.WriteAsync("Derive", AskAsync, cancellationToken).ConfigureAwait(false);
        }

        async Task<bool> AskAsync(FratDbContext context, CancellationToken cancel)
        {
            if (mark is null)
            {
                // Of two hosts at once, one finds the other's at its second attempt.
                context.LeaveMarks.Add(new LeaveMarkRow { Through = begun });
                mark = await context.LeaveMarks.FirstOrDefaultAsync(row => row.Id == LeaveMarkRow.TheOne, cancel).ConfigureAwait(false);
                if (mark is not null)
                {
                    return false;
                }
            }
            else if (await context.LeaveMarks.Where(row => row.Id == LeaveMarkRow.TheOne && row.Through == mark.Through)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Through, begun), cancel).ConfigureAwait(false) == 0)
            {
                return false;
            }

            if (await context.Leaves.AnyAsync(
                row => row.FirstDate <= span.Last && row.LastDate >= span.First, cancel).ConfigureAwait(false))
            {
                Add(context, scheduleId: null, span.First, span.Last);
            }

            return true;
        }
    }

    /// <summary>
    /// The dates to ask for: those that are over and were not asked for, or, where the clock was put back, those that were asked for too
    /// early. Hosts whose clocks differ a little don't undo what another one did.
    /// </summary>
    private static (DateOnly First, DateOnly Last)? Asked(DateOnly? through, DateOnly over, Func<DateOnly> soonOver) =>
        through is not { } asked ? (DateOnly.MinValue, over)
        : asked < over ? (asked.Plus(1), over)
        : asked > over && asked > soonOver() ? (over.Plus(1), asked)
        : null;
}
