using NodaTime;
using NodaTime.TimeZones;

namespace Frat;

/// <summary>A punch as it counts: its own time and direction, or those of the correction that holds.</summary>
/// <param name="Id">The punch's id.</param>
/// <param name="LocalTime">The time that counts, on the wall of the punch's site.</param>
/// <param name="Instant">The same as an instant.</param>
/// <param name="Direction">The direction that counts.</param>
/// <param name="IsVoid">Whether it was taken back; the time is then the punch's own.</param>
/// <param name="IsCorrected">Whether a correction holds.</param>
/// <param name="ReceivedAt">When the store took the punch.</param>
internal sealed record EffectivePunch(
    Guid Id, DateTime LocalTime, Instant Instant, PunchDirection Direction, bool IsVoid, bool IsCorrected, DateTimeOffset ReceivedAt)
{
    /// <summary>The local date of the time that counts.</summary>
    public DateOnly LocalDate => DateOnly.FromDateTime(LocalTime);

    /// <summary>
    /// Applies the latest correction, whatever the order in which they arrived; of two of one moment, the greater id holds.
    /// </summary>
    public static EffectivePunch Of(PunchFacts facts)
    {
        var punch = facts.Punch;
        var instant = Instant.FromDateTimeOffset(punch.Instant);
        var received = facts.ReceivedAt ?? DateTimeOffset.MinValue;
        var latest = facts.Corrections.Count == 0 ? null : facts.Corrections.MaxBy(correction => (correction.At.UtcTicks, correction.Id));
        if (latest is null)
        {
            return new(punch.Id, punch.LocalTime, instant, punch.Direction, IsVoid: false, IsCorrected: false, received);
        }

        var direction = latest.Direction ?? punch.Direction;
        return latest.LocalTime is not { } local
            ? new(punch.Id, punch.LocalTime, instant, direction, IsVoid: true, IsCorrected: true, received)
            : new(
                punch.Id,
                local,
                local == punch.LocalTime ? instant : ToInstant(local, punch),
                direction,
                IsVoid: false,
                IsCorrected: true,
                received);
    }

    /// <summary>
    /// What the clock on the punch's wall meant. A time that it showed twice is the one nearer to the punch; one that it never showed is
    /// taken as much later as the clock was put forward.
    /// </summary>
    private static Instant ToInstant(DateTime localTime, Punch punch)
    {
        var local = LocalDateTime.FromDateTime(localTime);
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(punch.TimeZone) is not { } zone)
        {
            // A zone that nobody knows: the punch itself says how far its wall was from UTC.
            return Instant.FromDateTimeOffset(punch.Instant) + (local - LocalDateTime.FromDateTime(punch.LocalTime)).ToDuration();
        }

        var mapping = zone.MapLocal(local);
        if (mapping.Count != 2)
        {
            return zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();
        }

        var (first, second, own) = (mapping.First().ToInstant(), mapping.Last().ToInstant(), Instant.FromDateTimeOffset(punch.Instant));
        return Distance(first, own) <= Distance(second, own) ? first : second;
    }

    private static Duration Distance(Instant a, Instant b) => a < b ? b - a : a - b;
}
