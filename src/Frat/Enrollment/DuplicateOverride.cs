namespace Frat;

/// <summary>That somebody answers for two people with a like face being two, or for one person being enrolled twice. Immutable.</summary>
/// <param name="By">Who says so; 1 to <see cref="AuditNote.MaxByLength"/> characters. It stays in the audit trail for good.</param>
/// <param name="Reason">Why; 1 to <see cref="AuditNote.MaxReasonLength"/> characters. It stays for good, too.</param>
public sealed record DuplicateOverride(string By, string Reason);

/// <summary>Somebody who is enrolled already and whose face is like that of the person to enrol. Immutable.</summary>
/// <param name="Person">The nearest such person.</param>
/// <param name="Distance">How near: the least distance between a photo and one of that person's templates, in the encoder's metric.</param>
public sealed record DuplicateFace(Person Person, float Distance);
