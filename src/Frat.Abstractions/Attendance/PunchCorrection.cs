namespace Frat;

/// <summary>
/// A fact about an earlier punch: it never was, it was at another moment, or it was a coming and not a going. The punch itself is kept as
/// it is; of several corrections of one punch, the latest holds.
/// </summary>
public sealed record PunchCorrection
{
    /// <summary>The longest <see cref="Reason"/>, in UTF-16 code units.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>The correction's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The punch that is corrected.</summary>
    public required Guid PunchId { get; init; }

    /// <summary>The moment that is to count instead, on the wall of the punch's site; null when the punch is void.</summary>
    public DateTime? LocalTime { get; init; }

    /// <summary>Coming or going, where that is to count instead; null keeps the punch's own.</summary>
    public PunchDirection? Direction { get; init; }

    /// <summary>Who corrects.</summary>
    public required Actor By { get; init; }

    /// <summary>Why; 1 to <see cref="MaxReasonLength"/> characters.</summary>
    public required string Reason { get; init; }

    /// <summary>When the correction was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="correction">The value.</param>
    /// <exception cref="ArgumentException">A text is empty, too long or not well-formed, or the direction is none.</exception>
    public static void ThrowIfInvalid(PunchCorrection correction)
    {
        ArgumentNullException.ThrowIfNull(correction);
        Actor.ThrowIfInvalid(correction.By);
        ArgumentChecks.CheckText(correction.Reason, MaxReasonLength);
        if (correction.Direction is { } direction)
        {
            ArgumentChecks.CheckEnum(direction);
        }
    }
}
