namespace Frat;

/// <summary>Somebody in front of a camera.</summary>
public sealed record CheckInRequest
{
    /// <summary>How long ago <see cref="CapturedAt"/> may be: 24 hours.</summary>
    public static readonly TimeSpan MaxCaptureAge = TimeSpan.FromHours(24);

    /// <summary>How far ahead of the host's clock <see cref="CapturedAt"/> may be, and is then taken for now: 2 minutes.</summary>
    public static readonly TimeSpan MaxCaptureAhead = TimeSpan.FromMinutes(2);

    /// <summary>
    /// 1 to <see cref="IFaceIdentifier.MaxFrames"/> image files of one person, taken within moments. Borrowed until the call completes.
    /// </summary>
    public required IReadOnlyList<FaceImage> Frames { get; init; }

    /// <summary>The kiosk, or what else the request came by; 1 to <see cref="Punch.MaxSourceLength"/> characters.</summary>
    public required string Source { get; init; }

    /// <summary>The device, where it is known by an id; null otherwise.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>
    /// Whom the caller has found already on frames that came before: where these show somebody else, nothing is recorded, and the outcome
    /// is <see cref="IdentificationOutcome.Unsure"/>. Null, the default, for whoever it is.
    /// </summary>
    public Guid? PersonId { get; init; }

    /// <summary>Where: the name of one of <see cref="FratOptions.Sites"/>; null for <see cref="FratOptions.Site"/>.</summary>
    public string? Site { get; init; }

    /// <summary>
    /// When the frames were taken, where the device was offline then, within <see cref="MaxCaptureAge"/>; null, the default, for now. A
    /// caller takes it from devices only that it trusts: it decides what the day comes to.
    /// </summary>
    public DateTimeOffset? CapturedAt { get; init; }

    /// <summary>
    /// Sent again with the same key by the same <see cref="Source"/>, the same frames are not recorded twice; a key that comes with other
    /// frames, or on another day, is refused. At most <see cref="Punch.MaxIdempotencyKeyLength"/> characters. Null for a key of its own.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Coming or going, where the device knows.</summary>
    public PunchDirection Direction { get; init; }
}
