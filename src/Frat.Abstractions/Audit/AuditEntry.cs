namespace Frat;

/// <summary>A line of the audit trail. Immutable, as the line itself is.</summary>
public sealed record AuditEntry
{
    /// <summary>Rises with each entry.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, in UTC, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    public required Actor By { get; init; }

    /// <summary>What; see <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>
    /// Whom it is about: the pseudonym, which stays when the person is forgotten. Null when it is about nobody in particular.
    /// </summary>
    public Guid? PersonId { get; init; }

    /// <summary>What was before, in few words; never a name, never biometric data.</summary>
    public string? Old { get; init; }

    /// <summary>What is now, in few words; never a name, never biometric data.</summary>
    public string? New { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

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
