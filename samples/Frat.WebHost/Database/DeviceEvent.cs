namespace Frat.WebHost;

/// <summary>What happened at a device that somebody in the office has to see.</summary>
internal enum DeviceEventKind
{
    /// <summary>Somebody said "not me": the punch is void.</summary>
    Undone,

    /// <summary>A punch that the device kept while the host couldn't be reached, booked when it could.</summary>
    ArrivedLate,

    /// <summary>A punch that the device kept, and that couldn't be booked.</summary>
    Refused,
}

/// <summary>A line of a device's book. Lines older than <see cref="KeptFor"/> go when new ones come.</summary>
internal sealed class DeviceEvent
{
    public const int MaxTextLength = 200;

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DeviceId { get; init; }

    public required DeviceEventKind Kind { get; init; }

    /// <summary>When the host learned of it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was at the device, by the host's clock.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>Whom it is about, where that is known: the line goes with the person who is forgotten.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>A sentence; never a name, which may be forgotten.</summary>
    public required string Text { get; init; }
}
