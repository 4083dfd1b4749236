namespace Frat;

/// <summary>Who makes a change, and why: what the audit trail keeps of it. Immutable.</summary>
/// <param name="By">
/// Who: a person's account or a program, such as <c>hr.miller</c> or <c>POST /register</c>; 1 to <see cref="MaxByLength"/> characters. It
/// stays in the audit trail for good: don't put the name of the person there whom the change is about.
/// </param>
/// <param name="Reason">
/// Why, in at most <see cref="MaxReasonLength"/> characters; null when there is nothing to say. It stays for good, too.
/// </param>
public sealed record AuditNote(string By, string? Reason = null)
{
    /// <summary>The longest <see cref="By"/>, in UTF-16 code units.</summary>
    public const int MaxByLength = 100;

    /// <summary>The longest <see cref="Reason"/>, in UTF-16 code units.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="note">The value.</param>
    /// <exception cref="ArgumentException">A text is empty, too long or not well-formed.</exception>
    public static void ThrowIfInvalid(AuditNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentChecks.CheckText(note.By, MaxByLength);
        ArgumentChecks.CheckOptional(note.Reason, MaxReasonLength);
    }
}
