namespace Frat;

/// <summary>That somebody answers for two people with a like face being two, or for one person being enrolled twice. Immutable.</summary>
public sealed record DuplicateOverride
{
    /// <summary>Who says so. It stays in the audit trail for good.</summary>
    public required Actor By { get; init; }

    /// <summary>Why; 1 to <see cref="AuditNote.MaxReasonLength"/> characters. It stays for good, too.</summary>
    public required string Reason { get; init; }

    internal AuditNote ToNote() => new() { By = By, Reason = Reason };

    /// <exception cref="ArgumentException">A text is empty or too long.</exception>
    internal void Check()
    {
        Actor.ThrowIfInvalid(By);
        ArgumentChecks.CheckText(Reason, AuditNote.MaxReasonLength);
    }
}

/// <summary>Somebody who is enrolled already and whose face is like that of the person to enroll. Immutable.</summary>
public sealed record DuplicateFace
{
    /// <summary>The nearest such person.</summary>
    public required Person Person { get; init; }

    /// <summary>How near: the least distance between a photo and one of that person's templates, in the encoder's metric.</summary>
    public required float Distance { get; init; }
}
