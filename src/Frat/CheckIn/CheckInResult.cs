namespace Frat;

/// <summary>What came of a check-in.</summary>
public sealed record CheckInResult
{
    /// <summary>What came of it. Everything but <see cref="IdentificationOutcome.Recognized"/> recorded nothing.</summary>
    public required IdentificationOutcome Outcome { get; init; }

    /// <summary>
    /// The punch with its direction, the day with its hours, and whether this check-in marked it, when
    /// <see cref="IdentificationOutcome.Recognized"/>; the person is in the day.
    /// </summary>
    public PunchReceipt? Receipt { get; init; }

    /// <summary>The distance to the nearest person, when a single face was compared with at least one person.</summary>
    public float? Distance { get; init; }

    /// <summary><see cref="Identification.Reason"/>: for logs and for who manages the site, not for who stands at the door.</summary>
    public string? Reason { get; init; }
}
