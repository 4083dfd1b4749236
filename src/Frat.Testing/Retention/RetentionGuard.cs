using System.Globalization;

namespace Frat.Testing;

/// <summary>Finds what speaks against deleting by age now. Stateless.</summary>
internal static class RetentionGuard
{
    private const double LargestShare = 0.1;
    private const int AlwaysPeople = 4;
    private const int AlwaysPunches = 50;
    private static readonly TimeSpan Trial = TimeSpan.FromDays(7);

    /// <returns>Why not, and what to do; null when nothing speaks against it.</returns>
    public static string? FindRefusal(
        State state, RetentionReport due, RetentionPolicy policy, DateTimeOffset clockSince, DateTimeOffset now)
    {
        var reason = now - clockSince < Trial
            ? $"this clock has gone on without a jump only since {Show(clockSince)}, and {Trial.TotalDays} days of that are needed"
            : FindReason(state, due, policy, now);
        return reason is null
            ? null
            : $"Nothing is deleted by age: {reason}. It is {Show(now)} by this machine's clock. If that is right, look at what would be "
                + "deleted and confirm it, as frat retention --yes does.";
    }

    private static string? FindReason(State state, RetentionReport due, RetentionPolicy policy, DateTimeOffset now)
    {
        // What is ahead of the clock says nothing of it.
        var punches = state.People.Values.SelectMany(record => record.Punches.Values).Select(stored => stored.Punch).ToList();
        var latest = state.Audit.Select(entry => entry.At).Concat(punches.Select(punch => punch.Instant))
            .Where(moment => moment <= now).DefaultIfEmpty(now).Max();
        if (latest < now - ClockWatch.LongestGap)
        {
            return $"the latest that was recorded is of {Show(latest)}, long ago";
        }

        var people = state.People.Values.Count(record => !record.Templates.IsEmpty);
        if (due.TemplatePeople > AlwaysPeople && due.TemplatePeople > people * LargestShare)
        {
            return $"the templates of {due.TemplatePeople} of {people} people would go at once";
        }

        // Once a month, a month of those that are kept goes: twice its part is more than that.
        var share = Math.Min(0.9, Math.Max(LargestShare, 62.0 / ((policy.AttendanceDays ?? 0) + 31)));
        return due.Punches > AlwaysPunches && due.Punches > punches.Count * share
            ? $"{due.Punches} of {punches.Count} punches would go at once"
            : null;
    }

    private static string Show(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
