namespace Frat;

/// <summary>Whether a punch begins or ends a stay.</summary>
public enum PunchDirection
{
    /// <summary>Not told by the device; the rules find out.</summary>
    Undetermined,

    /// <summary>The person came.</summary>
    In,

    /// <summary>The person went.</summary>
    Out,
}

/// <summary>How a person was identified.</summary>
public enum PunchMethod
{
    /// <summary>By face.</summary>
    Face,

    /// <summary>By employee ID and PIN.</summary>
    Pin,

    /// <summary>By a manager's entry.</summary>
    Manual,

    /// <summary>By a record of another system.</summary>
    Import,
}

/// <summary>A fact: somebody was there at that moment. Immutable; a correction is a new fact beside it.</summary>
public sealed record Punch
{
    private static readonly TimeSpan ReplayTime = TimeSpan.FromHours(1);

    /// <summary>The longest <see cref="Source"/>, in UTF-16 code units.</summary>
    public const int MaxSourceLength = 100;

    /// <summary>The longest <see cref="TimeZone"/>, in UTF-16 code units: about three times the longest IANA id.</summary>
    public const int MaxTimeZoneLength = 100;

    /// <summary>The longest <see cref="IdempotencyKey"/>, in UTF-16 code units.</summary>
    public const int MaxIdempotencyKeyLength = 100;

    /// <summary>The longest <see cref="RequestDigest"/>, in UTF-16 code units.</summary>
    public const int MaxRequestDigestLength = 64;

    /// <summary>
    /// The first date of a punch, by its wall and in UTC: 1 January 1900. What is earlier is the time of a clock that was never set.
    /// </summary>
    public static readonly DateOnly EarliestDate = new(1900, 1, 1);

    /// <summary>
    /// How far ahead of the store's clock a punch may be: 7 days. A clock may be a bit off; a year that is wrong is refused.
    /// </summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromDays(7);

    /// <summary>
    /// How far <see cref="LocalTime"/> may be from what the zone's wall showed at <see cref="Instant"/>: 2 hours, as a device may not know
    /// yet when the clock is changed.
    /// </summary>
    public static readonly TimeSpan MaxWallDifference = TimeSpan.FromHours(2);

    /// <summary>The punch's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose punch it is.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>When, as an instant; kept in UTC, to the microsecond.</summary>
    public required DateTimeOffset Instant { get; init; }

    /// <summary>The zone of the site, by IANA id, such as <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>When, as the clock on the site's wall showed it; kept because the rules of a zone may change later.</summary>
    public required DateTime LocalTime { get; init; }

    /// <summary>Coming or going.</summary>
    public PunchDirection Direction { get; init; }

    /// <summary>How the person was identified.</summary>
    public PunchMethod Method { get; init; }

    /// <summary>The kiosk or device, or what was imported from; at most <see cref="MaxSourceLength"/> characters.</summary>
    public required string Source { get; init; }

    /// <summary>The device, where it is known by an id; null otherwise.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>The distance between probe and template, where a face was compared.</summary>
    public float? Distance { get; init; }

    /// <summary>The detector's score of the probe, where a face was detected.</summary>
    public float? DetectionScore { get; init; }

    /// <summary>
    /// Two punches of one <see cref="Source"/> with one key are one punch, however often it is sent; at most
    /// <see cref="MaxIdempotencyKeyLength"/> characters. A key that comes with another person, another <see cref="RequestDigest"/> or on
    /// another day was used twice: see <see cref="PunchConflictException"/>.
    /// </summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>
    /// What tells two requests with one key apart, such as a hash of the image; at most <see cref="MaxRequestDigestLength"/> characters.
    /// Null where nothing is known of the request, which is then like any other.
    /// </summary>
    public string? RequestDigest { get; init; }

    /// <summary>
    /// When the store took it, in UTC: later than <see cref="Instant"/> where a device was offline. Given by the store, which doesn't look
    /// at what is here when a punch is appended; null of one that isn't stored.
    /// </summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>
    /// Whether this is another punch sent again, as stores have to tell where <see cref="Source"/> and <see cref="IdempotencyKey"/> are
    /// the same: of the same person and request, on the same date or within an hour. A device that gives every punch one key must hear of
    /// it; one that sends a punch again shortly after midnight must not.
    /// </summary>
    /// <param name="first">The punch that was stored with this source and key.</param>
    /// <returns>False where the key was used twice: see <see cref="PunchConflictException"/>.</returns>
    public bool IsReplayOf(Punch first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return PersonId == first.PersonId
            && (RequestDigest is null || first.RequestDigest is null || RequestDigest == first.RequestDigest)
            && (LocalTime.Date == first.LocalTime.Date || (Instant - first.Instant).Duration() <= ReplayTime);
    }

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="punch">The value.</param>
    /// <exception cref="ArgumentException">
    /// A text is empty, too long or not well-formed, a value is no member of its enumeration, or a number is not finite.
    /// </exception>
    public static void ThrowIfInvalid(Punch punch)
    {
        ArgumentNullException.ThrowIfNull(punch);
        ArgumentChecks.CheckText(punch.TimeZone, MaxTimeZoneLength);
        ArgumentChecks.CheckText(punch.Source, MaxSourceLength);
        ArgumentChecks.CheckText(punch.IdempotencyKey, MaxIdempotencyKeyLength);
        ArgumentChecks.CheckOptional(punch.RequestDigest, MaxRequestDigestLength);
        ArgumentChecks.CheckEnum(punch.Direction);
        ArgumentChecks.CheckEnum(punch.Method);
        if (punch is { Distance: { } distance } && !float.IsFinite(distance)
            || punch is { DetectionScore: { } score } && !float.IsFinite(score))
        {
            throw new ArgumentException("Distance and score are finite numbers.", nameof(punch));
        }
    }
}
