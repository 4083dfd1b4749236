namespace Frat.Storage.EfCore;

/// <summary>
/// What every database can keep: PostgreSQL's timestamps end at the microsecond. Cut off before anything is stored or
/// answered, so that an answer equals what is read later. Cut, not rounded: 23:59:59.9999999 stays on its day.
/// </summary>
internal static class Microseconds
{
    public static DateTimeOffset ToMicrosecond(this DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>A wall-clock time has no kind: it is what the clock showed.</summary>
    public static DateTime ToMicrosecond(this DateTime local) =>
        new(local.Ticks - (local.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
}
