namespace Frat.Cli.Import;

/// <summary>What the clocks say: the original wrote local times without a zone, by the clock of the machine that it ran on.</summary>
/// <param name="source">The zone of that clock.</param>
/// <param name="site">The zone of the site, where the people are.</param>
internal sealed class FlaskClock(TimeZoneInfo source, TimeZoneInfo site)
{
    /// <summary>The site's zone by IANA id.</summary>
    public string SiteId { get; } = site.HasIanaId || !TimeZoneInfo.TryConvertWindowsIdToIanaId(site.Id, out var id) ? site.Id : id;

    /// <summary>The moment, and what the site's clock showed.</summary>
    /// <param name="sourceTime">What the original wrote.</param>
    /// <param name="note">What had to be decided; null where the time names one moment.</param>
    public (DateTimeOffset Instant, DateTime Local) Read(DateTime sourceTime, out string? note)
    {
        note = null;
        var time = sourceTime.AddTicks(-(sourceTime.Ticks % TimeSpan.TicksPerMicrosecond)); // What every database keeps.
        var offset = source.GetUtcOffset(time);
        if (source.IsInvalidTime(time))
        {
            // The rule of that day before the clock was put forward: 02:30 is half an hour after 02:00, which is 03:00.
            offset = source.GetUtcOffset(time.AddDays(-1));
            note = "has a time that the clock skipped when it was put forward; it was moved on by as much";
        }
        else if (source.IsAmbiguousTime(time))
        {
            offset = source.GetAmbiguousTimeOffsets(time).Max();
            note = "has a time that came twice when the clock was put back; the first is taken";
        }

        var instant = new DateTimeOffset(time, offset).ToUniversalTime();
        return (instant, TimeZoneInfo.ConvertTime(instant, site).DateTime);
    }
}
