namespace Frat.Storage.EfCore;

/// <summary>What is wrong with an entry of the audit trail.</summary>
public enum AuditFaultKind
{
    /// <summary>The entry isn't what was sealed: a value was changed, or another entry was put in its place.</summary>
    Changed,

    /// <summary>The entry is gone, from the beginning or the middle of the trail.</summary>
    Removed,

    /// <summary>The entry is another one's, which was moved.</summary>
    Reordered,

    /// <summary>FRAT didn't write the entry: it has no seal.</summary>
    Added,

    /// <summary>The trail goes on after this entry, and what followed is gone.</summary>
    Truncated,

    /// <summary>The sealed end of the trail is gone, was changed, or is of another time.</summary>
    HeadChanged,

    /// <summary>The trail isn't the one that the kept head is of: an older database was put back, or the trail was written anew.</summary>
    NotTheKept,

    /// <summary>
    /// Nothing shows who wrote it: the key that it was sealed with isn't in the ring, and nothing that was sealed later vouches for it.
    /// </summary>
    Unverifiable,
}

/// <summary>Something in the audit trail that isn't what FRAT wrote.</summary>
public sealed record AuditFault
{
    /// <summary>What it is.</summary>
    public required AuditFaultKind Kind { get; init; }

    /// <summary>Of which entry.</summary>
    public required long Sequence { get; init; }

    /// <summary>In a sentence.</summary>
    public required string Problem { get; init; }
}

/// <summary>What became of the audit trail. Immutable.</summary>
public sealed record AuditVerification
{
    /// <summary>How many faults are told at most.</summary>
    public const int MaxFaults = 1000;

    /// <summary>How many entries there are.</summary>
    public required long Entries { get; init; }

    /// <summary>Where the trail ends now, to keep outside of the database; null where there is no end that could be read.</summary>
    public required AuditHead? Head { get; init; }

    /// <summary>What is wrong, at most <see cref="MaxFaults"/> of it; none where the trail is what FRAT wrote.</summary>
    public required IReadOnlyList<AuditFault> Faults { get; init; }

    /// <summary>Whether every entry is what FRAT wrote, and none is missing that the database or the kept head knows of.</summary>
    public bool IsIntact => Faults.Count == 0;
}
