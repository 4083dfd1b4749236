namespace Frat.Cli.Import;

/// <summary>What the clocks say: the original wrote local times without a zone, by the clock of the machine that it ran on.</summary>
/// <param name="source">The zone of that clock.</param>
/// <param name="site">The zone of the site, where the people are.</param>
internal sealed class FlaskClock(SiteZone source, SiteZone site)
{
    /// <summary>The site's zone by IANA id.</summary>
    public string SiteId => site.Id;

    /// <summary>Whether a time can be kept: not before 1900, nor days ahead. The day of slack is for the zones.</summary>
    /// <param name="sourceTime">What the original wrote.</param>
    public static bool CanBe(DateTime sourceTime) =>
        DateOnly.FromDateTime(sourceTime) > Punch.EarliestDate
        && sourceTime - TimeProvider.System.GetUtcNow().UtcDateTime < Punch.MaxAhead - TimeSpan.FromDays(1);

    /// <summary>The moment, and what the site's clock showed.</summary>
    /// <param name="sourceTime">What the original wrote.</param>
    /// <param name="note">What had to be decided; null where the time names one moment.</param>
    public (DateTimeOffset Instant, DateTime Local) Read(DateTime sourceTime, out string? note)
    {
        var time = sourceTime.AddTicks(-(sourceTime.Ticks % TimeSpan.TicksPerMicrosecond)); // What every database keeps.
        var instant = source.ToInstant(time, out var times);
        note = times switch
        {
            0 => "has a time that the clock skipped when it was put forward; it was moved on by as much",
            2 => "has a time that came twice when the clock was put back; the first is taken",
            _ => null,
        };
        return (instant, site.ToLocal(instant));
    }
}
