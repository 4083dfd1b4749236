namespace Frat.Conformance;

/// <summary>A clock that shows what a test sets. Timers go by real time.</summary>
/// <param name="now">What it shows first.</param>
public sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>What it shows.</summary>
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Sets it to a time of day (UTC).</summary>
    public void Set(DateOnly date, int hour = 12, int minute = 0) => Now = new DateTimeOffset(date.At(hour, minute), TimeSpan.Zero);
}
