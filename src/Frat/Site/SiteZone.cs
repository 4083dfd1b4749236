using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.TimeZones;

namespace Frat;

/// <summary>
/// A time zone by IANA id. Its rules come from the tz database that NodaTime carries, so they are the same on every machine, also where the
/// operating system has none, as in small container images.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SiteZone
{
    private readonly DateTimeZone _zone;

    private SiteZone(string id, DateTimeZone zone) => (Id, _zone) = (id, zone);

    /// <summary>UTC.</summary>
    public static SiteZone Utc { get; } = Find("Etc/UTC");

    /// <summary>The IANA id as it was given, such as <c>Europe/Berlin</c>.</summary>
    public string Id { get; }

    /// <summary>Whether the zone's clock is UTC, the whole year.</summary>
    public bool IsUtc => _zone.MinOffset == Offset.Zero && _zone.MaxOffset == Offset.Zero;

    /// <summary>Whether this is the IANA id of a time zone; upper and lower case count.</summary>
    /// <param name="id">What may be an id.</param>
    /// <returns>False for <c>Local</c>, for names of Windows, for offsets such as <c>UTC+05</c>, and for null.</returns>
    public static bool IsKnown([NotNullWhen(true)] string? id) =>
        id is not null && TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(id);

    /// <summary>Finds a zone.</summary>
    /// <param name="id">Its IANA id.</param>
    /// <param name="zone">The zone.</param>
    /// <returns>False when the id is not known.</returns>
    public static bool TryFind([NotNullWhen(true)] string? id, [NotNullWhen(true)] out SiteZone? zone)
    {
        zone = IsKnown(id) ? new SiteZone(id, DateTimeZoneProviders.Tzdb[id]) : null;
        return zone is not null;
    }

    /// <summary>Finds a zone.</summary>
    /// <param name="id">Its IANA id.</param>
    /// <returns>The zone.</returns>
    /// <exception cref="ArgumentException">The id is not known.</exception>
    public static SiteZone Find(string id) =>
        TryFind(id, out var zone)
            ? zone
            : throw new ArgumentException($"\"{id}\" is not the IANA id of a time zone, such as \"Europe/Berlin\".", nameof(id));

    /// <summary>The zone that this machine is set to.</summary>
    /// <returns>The zone, by an IANA id that is known.</returns>
    /// <exception cref="TimeZoneNotFoundException">
    /// The machine doesn't say which zone it is in: it knows the rules without a name, or a name that no zone has.
    /// </exception>
    public static SiteZone OfMachine() => MachineZone.Find(TimeZoneInfo.Local, out var source)
        ?? throw new TimeZoneNotFoundException($"It can't be told which time zone this machine is in ({source}).");

    /// <summary>What a clock on the site's wall shows.</summary>
    /// <param name="instant">The moment.</param>
    /// <returns>The wall time, of the kind <see cref="DateTimeKind.Unspecified"/>.</returns>
    public DateTime ToLocal(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(_zone).ToDateTimeUnspecified();

    /// <summary>The moment at which a clock on the site's wall showed a time.</summary>
    /// <param name="localTime">
    /// The wall time. Of one that came twice, as the clock was put back, the first is meant; one that never was, as the clock was put
    /// forward, is as much later as the clock was put forward.
    /// </param>
    /// <param name="times">How often the clock showed it: 1, 0 or 2.</param>
    /// <returns>The moment, in UTC.</returns>
    public DateTimeOffset ToInstant(DateTime localTime, out int times)
    {
        var mapping = _zone.MapLocal(LocalDateTime.FromDateTime(localTime));
        times = mapping.Count;
        return _zone.ResolveLocal(mapping.LocalDateTime, Resolvers.LenientResolver).ToInstant().ToDateTimeOffset();
    }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
