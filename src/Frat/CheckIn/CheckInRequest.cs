namespace Frat;

/// <summary>Somebody in front of a camera.</summary>
public sealed record CheckInRequest
{
    /// <summary>An image file with one face. Borrowed until the call completes.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>The kiosk or device; 1 to <see cref="Punch.MaxSourceLength"/> characters.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// Sent again with the same key by the same <see cref="Source"/>, the same image is not recorded twice; a key that comes with another
    /// image, or on another day, is refused. At most <see cref="Punch.MaxIdempotencyKeyLength"/> characters. Null for a key of
    /// its own.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Coming or going, where the device knows.</summary>
    public PunchDirection Direction { get; init; }
}
