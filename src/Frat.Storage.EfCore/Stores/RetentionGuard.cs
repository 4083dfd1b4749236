using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>
/// Finds what speaks against deleting by age now: what is deleted is gone, and the clock that says how old something is may be wrong.
/// Stateless.
/// </summary>
internal static class RetentionGuard
{
    /// <summary>For how long the clock must have gone on without a jump.</summary>
    public static readonly TimeSpan Trial = TimeSpan.FromDays(7);

    /// <summary>The most people whose templates go at once, as a part of all who have some; a few always may.</summary>
    private const double LargestShare = 0.1;
    private const int AlwaysPeople = 4;

    /// <summary>A few punches always may go.</summary>
    private const int AlwaysPunches = 50;

    private const string Operation = "ApplyRetention";

    /// <returns>Why not, and what to do; null when nothing speaks against it.</returns>
    public static async Task<string?> FindRefusalAsync(
        FratDatabase database,
        RetentionReport due,
        RetentionPolicy policy,
        DateTimeOffset clockSince,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var reason = now - clockSince < Trial
            ? $"FRAT has seen this clock going on without a jump only since {Show(clockSince)}, and deletes by age after "
                + $"{Trial.TotalDays} days of that"
            : await database.ReadAsync(
                Operation,
                (context, cancel) => FindReasonAsync(context, due, policy, now, cancel),
                cancellationToken).ConfigureAwait(false);
        return reason is null
            ? null
            : $"Nothing is deleted by age: {reason}. It is {Show(now)} by this machine's clock. If that is right, look at what would be "
                + "deleted (frat retention --dry-run) and confirm it (frat retention --yes).";
    }

    private static async Task<string?> FindReasonAsync(
        FratDbContext context, RetentionReport due, RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = await FindLatestFactAsync(context, now, cancellationToken).ConfigureAwait(false);
        if (latest < now - ClockWatch.LongestGap)
        {
            return $"the latest that was recorded is of {Show(latest.Value)}, long ago";
        }

        if (due.TemplatePeople > AlwaysPeople)
        {
            var people = await context.People.CountAsync(
                person => context.Templates.Any(row => row.PersonId == person.Id), cancellationToken).ConfigureAwait(false);
            if (due.TemplatePeople > people * LargestShare)
            {
                return $"the templates of {due.TemplatePeople} of {people} people would go at once";
            }
        }

        if (due.Punches > AlwaysPunches && policy.AttendanceDays is { } days)
        {
            // Once a month, a month of those that are kept goes: twice its part is more than that.
            var share = Math.Min(0.9, Math.Max(LargestShare, 62.0 / (days + 31)));
            var punches = await context.Punches.CountAsync(cancellationToken).ConfigureAwait(false);
            if (due.Punches > punches * share)
            {
                return $"{due.Punches} of {punches} punches would go at once";
            }
        }

        return null;
    }

    /// <summary>
    /// Of what says when it happened by the store's own clock, and of punches, which is the latest. What is ahead of the clock says nothing
    /// of it.
    /// </summary>
    private static async Task<DateTimeOffset?> FindLatestFactAsync(
        FratDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var audited = await context.AuditEntries.Where(entry => entry.At <= now)
            .OrderByDescending(entry => entry.At).Select(entry => (DateTimeOffset?)entry.At)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var days = DateOnly.FromDateTime(now.UtcDateTime).Plus(1).ToDateTime(TimeOnly.MaxValue);
        var punched = await context.Punches.Where(punch => punch.LocalTime <= days && punch.Instant <= now)
            .OrderByDescending(punch => punch.LocalTime).Select(punch => (DateTimeOffset?)punch.Instant)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return punched is null || audited > punched ? audited : punched;
    }

    private static string Show(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
