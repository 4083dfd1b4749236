using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>
/// Through which dates the absences of each schedule, and leaves without one, were asked for. A clock that is ahead of another
/// one asks for dates that aren't over by it: what comes of them there would stay for good.
/// </summary>
internal static class AskedDates
{
    /// <summary>By how much the clocks of hosts may differ before one of them undoes what another one did too early.</summary>
    public static readonly TimeSpan SkewOfHosts = TimeSpan.FromHours(1);

    /// <summary>
    /// Has what is not over by this clock asked for again when it is: an absence that is taken back by a change meanwhile, or not found
    /// yet, must come. What was judged much too early is taken back.
    /// </summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="facts">What the days were derived from.</param>
    /// <param name="marks">Through which date each of the schedules was asked for.</param>
    /// <param name="days">The days.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task AskAgainAsync(
        FratDbContext context,
        AttendanceFacts facts,
        Dictionary<Guid, DateOnly> marks,
        IReadOnlyList<DayDetail> days,
        CancellationToken cancellationToken)
    {
        foreach (var day in days.Where(day => day.ClosesAt is not null && day.Day is null))
        {
            if (FindScheduleOn(facts, day.Date) is not { } id || !marks.TryGetValue(id, out var through) || through < day.Date)
            {
                continue;
            }

            var before = day.Date.Plus(-1);
            marks[id] = before;
            await context.Schedules.Where(row => row.Id == id && row.ClosedThrough > before)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedThrough, before), cancellationToken).ConfigureAwait(false);
            if (day.ClosesAt > facts.AsOf + SkewOfHosts)
            {
                var isDefault =
                    await context.DefaultSchedules.AnyAsync(row => row.ScheduleId == id, cancellationToken).ConfigureAwait(false);
                DerivationQueue.Add(context, isDefault ? null : id, day.Date, through);
            }
        }

        var begun = AttendanceFacts.FindLastBegunDate(facts.AsOf);
        if (facts.LastDate > begun && facts.Leaves.Any(leave => leave.To > begun)
            && await context.LeaveMarks.FirstOrDefaultAsync(
                row => row.Through > begun, cancellationToken).ConfigureAwait(false) is { Through: var shown })
        {
            await context.LeaveMarks.Where(row => row.Through > begun)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Through, begun), cancellationToken).ConfigureAwait(false);
            if (shown > AttendanceFacts.FindLastBegunDate(facts.AsOf + SkewOfHosts))
            {
                DerivationQueue.Add(context, scheduleId: null, begun.Plus(1), shown);
            }
        }
    }

    private static Guid? FindScheduleOn(AttendanceFacts facts, DateOnly date) =>
        facts.Assignments.FirstOrDefault(one => one.From <= date && (one.To is not { } end || date <= end)) is { } assignment
            ? assignment.ScheduleId
            : facts.Defaults.LastOrDefault(entry => entry.From <= date)?.ScheduleId;
}
