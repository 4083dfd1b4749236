namespace Frat;

/// <summary>What came of a check-in. Everything but <see cref="Recognized"/> recorded nothing.</summary>
public enum CheckInOutcome
{
    /// <summary>The person is known, and the punch is recorded.</summary>
    Recognized,

    /// <summary>Two people are about equally near: ask for another look, or for the ID.</summary>
    Unsure,

    /// <summary>Nobody who is enrolled is near enough.</summary>
    Unknown,

    /// <summary>No face was found.</summary>
    NoFace,

    /// <summary>More than one face was found; it is not guessed whose the punch is.</summary>
    SeveralFaces,
}

/// <summary>What came of a check-in.</summary>
public sealed record CheckInResult
{
    /// <summary>What came of it.</summary>
    public required CheckInOutcome Outcome { get; init; }

    /// <summary>The day and whether this check-in marked it, when <see cref="CheckInOutcome.Recognized"/>; the person is in it.</summary>
    public PunchReceipt? Receipt { get; init; }

    /// <summary>The distance to the nearest person, when a single face was compared with at least one person.</summary>
    public float? Distance { get; init; }
}
