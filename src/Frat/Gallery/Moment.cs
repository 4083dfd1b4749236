namespace Frat;

/// <summary>One moment by both clocks: the one on the wall, which may be set, and the one that only goes on.</summary>
internal sealed record Moment(DateTimeOffset Utc, long Timestamp)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    public static Moment Now(TimeProvider time) => new(time.GetUtcNow(), time.GetTimestamp());

    public bool HasClockJumped(TimeProvider time) => (time.GetUtcNow() - Utc - time.GetElapsedTime(Timestamp)).Duration() > Tolerance;
}
