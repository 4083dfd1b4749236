namespace Frat;

/// <summary>A punch of somebody who was identified without a face.</summary>
public sealed record PunchRequest
{
    /// <summary>Whose punch it is.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>
    /// How: <see cref="PunchMethod.Pin"/>, after the caller has verified the PIN, or <see cref="PunchMethod.Manual"/>, by a manager's
    /// entry.
    /// </summary>
    public required PunchMethod Method { get; init; }

    /// <summary>The kiosk, or what else the request came by; 1 to <see cref="Punch.MaxSourceLength"/> characters.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// Who enters it, and why: required of a manager's punch, which then has its entry in the audit trail; null of one by PIN.
    /// </summary>
    public AuditNote? Note { get; init; }

    /// <summary>The device, where it is known by an id; null otherwise.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Where: the name of one of <see cref="FratOptions.Sites"/>; null for <see cref="FratOptions.Site"/>.</summary>
    public string? Site { get; init; }

    /// <summary>
    /// When it was, where the device was offline then, within <see cref="CheckInRequest.MaxCaptureAge"/>; null, the default, for now.
    /// </summary>
    public DateTimeOffset? CapturedAt { get; init; }

    /// <summary>
    /// When a manager's punch was, as the clock on the site's wall showed it; of a time that came twice, as the clock was put back, the
    /// first is meant. Null, the default, for now.
    /// </summary>
    public DateTime? LocalTime { get; init; }

    /// <summary>
    /// Sent again with the same key by the same <see cref="Source"/>, it is not recorded twice. At most
    /// <see cref="Punch.MaxIdempotencyKeyLength"/> characters. Null for a key of its own.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Coming or going, where that is known.</summary>
    public PunchDirection Direction { get; init; }
}
