namespace Frat;

/// <summary>What came of appending a punch. Sending the same punch again gives the same receipt. Immutable.</summary>
public sealed record PunchReceipt
{
    /// <summary>The punch: the one that was appended or, for a key that was known, the first one's.</summary>
    public required Guid PunchId { get; init; }

    /// <summary>
    /// Whether the person came or went by it, as the rules saw it when it was appended. <see cref="PunchDirection.Undetermined"/> for a
    /// passage within a stay, for a punch that didn't count, and of punches from before this was kept.
    /// </summary>
    public PunchDirection Direction { get; init; }

    /// <summary>The day that the punch belongs to, as it was when the punch was appended, with its hours.</summary>
    public required AttendanceDay Day { get; init; }

    /// <summary>True when this punch marked the day; false when the day had been marked already.</summary>
    public required bool Marked { get; init; }

    /// <summary>True when it came so soon after another punch that it was recorded and not counted.</summary>
    public bool Duplicate { get; init; }
}
