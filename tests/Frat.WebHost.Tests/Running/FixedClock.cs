namespace Frat.WebHost.Tests;

/// <summary>A clock that stands still, at a site in UTC. Timers run as always.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => now;
}
