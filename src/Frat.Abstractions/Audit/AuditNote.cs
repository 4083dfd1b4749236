namespace Frat;

/// <summary>Who makes a change, and why: what the audit trail keeps of it. Immutable.</summary>
public sealed record AuditNote
{
    /// <summary>The longest <see cref="Reason"/>, in UTF-16 code units.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>
    /// Who. It stays in the audit trail for good: don't put the name of the person there whom the change is about.
    /// </summary>
    public required Actor By { get; init; }

    /// <summary>
    /// Why, in at most <see cref="MaxReasonLength"/> characters; null when there is nothing to say. It stays for good, too.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Whether a text can be a <see cref="Reason"/> of one line, to be asked where somebody types one: without control characters.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>True when it can.</returns>
    public static bool IsReason(string? text) => ArgumentChecks.IsLine(text, MaxReasonLength);

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="note">The value.</param>
    /// <exception cref="ArgumentException">The actor is none, or a text is empty, too long or not well-formed.</exception>
    public static void ThrowIfInvalid(AuditNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        Actor.ThrowIfInvalid(note.By);
        ArgumentChecks.CheckOptional(note.Reason, MaxReasonLength);
    }
}
