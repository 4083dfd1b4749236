namespace Frat;

/// <summary>A line of the audit trail. Immutable, as the line itself is.</summary>
/// <param name="Sequence">Rises with each entry.</param>
/// <param name="At">When, in UTC, to the microsecond.</param>
/// <param name="By">Who.</param>
/// <param name="Action">What; see <see cref="AuditActions"/>.</param>
/// <param name="PersonId">
/// Whom it is about: the pseudonym, which stays when the person is forgotten. Null when it is about nobody in particular.
/// </param>
/// <param name="Old">What was before, in few words; never a name, never biometric data.</param>
/// <param name="New">What is now, in few words; never a name, never biometric data.</param>
/// <param name="Reason">Why.</param>
public sealed record AuditEntry(
    long Sequence, DateTimeOffset At, string By, string Action, Guid? PersonId, string? Old, string? New, string? Reason);

/// <summary>Something that a host did and that belongs into the audit trail, such as an export. Immutable.</summary>
public sealed record AuditEvent
{
    /// <summary>The longest <see cref="Action"/>, in UTF-16 code units.</summary>
    public const int MaxActionLength = 50;

    /// <summary>The longest <see cref="Old"/> and <see cref="New"/>, in UTF-16 code units.</summary>
    public const int MaxValueLength = 500;

    /// <summary>What; 1 to <see cref="MaxActionLength"/> characters. See <see cref="AuditActions"/> for how FRAT names things.</summary>
    public required string Action { get; init; }

    /// <summary>Whom it is about, if anybody.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>
    /// What was before, in at most <see cref="MaxValueLength"/> characters. It can never be deleted: no names, no biometric data.
    /// </summary>
    public string? Old { get; init; }

    /// <summary>
    /// What is now, in at most <see cref="MaxValueLength"/> characters. It can never be deleted: no names, no biometric data.
    /// </summary>
    public string? New { get; init; }

    /// <summary>Who and why.</summary>
    public required AuditNote Note { get; init; }

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="auditEvent">The value.</param>
    /// <exception cref="ArgumentException">A text is empty, too long or not well-formed.</exception>
    public static void ThrowIfInvalid(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ArgumentChecks.CheckText(auditEvent.Action, MaxActionLength);
        AuditNote.ThrowIfInvalid(auditEvent.Note);
        ArgumentChecks.CheckOptional(auditEvent.Old, MaxValueLength);
        ArgumentChecks.CheckOptional(auditEvent.New, MaxValueLength);
    }
}
