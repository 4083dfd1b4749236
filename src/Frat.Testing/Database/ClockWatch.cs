namespace Frat.Testing;

/// <summary>
/// Remembers since when the clock has gone on without a jump: one that is years ahead for a minute must delete nothing by age.
/// </summary>
internal static class ClockWatch
{
    /// <summary>Later than that after the last look, it may be a jump as well as a host that was off.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromDays(45);

    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>Looks at the clock.</summary>
    /// <returns>Since when it has gone on without a jump.</returns>
    public static DateTimeOffset Observe(Transaction transaction, DateTimeOffset now)
    {
        var known = transaction.State.Clock ?? (Since: now, Last: now);
        var since = now < known.Last - Tolerance || now > known.Last + LongestGap ? now : known.Since;
        transaction.State = transaction.State with { Clock = (since, now) };
        return since;
    }
}
