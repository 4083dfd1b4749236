namespace Frat;

/// <summary>
/// Something that was added to the attendance log, a punch or a correction of one: see <see cref="IAttendanceLog.ReadChangesAsync"/>.
/// Immutable.
/// </summary>
public sealed record AttendanceChange
{
    /// <summary>When it was added, in UTC: <see cref="Punch.ReceivedAt"/> or <see cref="PunchCorrection.At"/>.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The punch that was added, or corrected.</summary>
    public required Punch Punch { get; init; }

    /// <summary>What came of the punch when it was appended; a correction doesn't change it. The person in it is as they are now.</summary>
    public required PunchReceipt Receipt { get; init; }

    /// <summary>The correction that was added; null of a punch.</summary>
    public PunchCorrection? Correction { get; init; }

    /// <summary>What tells it from all others: the id of the correction or, of a punch, of the punch.</summary>
    public Guid Id => Correction?.Id ?? Punch.Id;
}
