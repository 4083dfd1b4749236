using System.Globalization;
using NodaTime;
using NodaTime.Extensions;

namespace Frat;

/// <summary>Checks whether a punch or a correction can be counted: what is wrong about a clock must not become a fact.</summary>
internal static class PunchBounds
{
    public static void Check(Punch punch, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(punch);
        CheckTime(punch.Instant.UtcDateTime, asOf, nameof(punch));
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(punch.TimeZone) is not { } zone)
        {
            throw new ArgumentException(
                $"The time zone \"{punch.TimeZone}\" is not known. Use an IANA id, such as Europe/Berlin.", nameof(punch));
        }

        var wall = punch.Instant.ToInstant().InZone(zone).ToDateTimeUnspecified();
        if ((punch.LocalTime - wall).Duration() > Punch.MaxWallDifference)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The local time is {punch.LocalTime:yyyy-MM-dd HH:mm}, but the wall showed {wall:yyyy-MM-dd HH:mm} in "
                        + $"{punch.TimeZone} at {punch.Instant.UtcDateTime:yyyy-MM-dd HH:mm} UTC."),
                nameof(punch));
        }
    }

    public static void Check(PunchCorrection correction, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(correction);
        CheckTime(correction.At.UtcDateTime, asOf, nameof(correction));
        if (correction.LocalTime is { } local)
        {
            CheckTime(local, asOf, nameof(correction));
        }
    }

    private static void CheckTime(DateTime time, DateTimeOffset asOf, string name)
    {
        if (DateOnly.FromDateTime(time) < Punch.EarliestDate || time - asOf.UtcDateTime > Punch.MaxAhead)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{time:yyyy-MM-dd HH:mm} can't be counted: it is before {Punch.EarliestDate:yyyy-MM-dd}, or more than "
                        + $"{Punch.MaxAhead.TotalDays} days after {asOf.UtcDateTime:yyyy-MM-dd HH:mm}, the present. Look at the clock and "
                        + $"at the year."),
                name);
        }
    }
}
