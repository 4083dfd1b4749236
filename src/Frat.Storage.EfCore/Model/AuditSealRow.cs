namespace Frat.Storage.EfCore;

/// <summary>
/// What ties an entry of the audit trail to the one before it, in a table of its own: the sequence that it seals is known once the entry
/// is written, and nothing is ever written to an entry. Triggers guard it as they guard the entries.
/// </summary>
internal sealed class AuditSealRow
{
    /// <summary>The entry's.</summary>
    public required long Sequence { get; init; }

    /// <summary>The sequence of the entry before it; 0 for the first.</summary>
    public required long Previous { get; init; }

    /// <summary>SHA-256 over the digest of the entry before it, and the entry.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>The key of <see cref="Seal"/>.</summary>
    public required string KeyId { get; init; }

    /// <summary>HMAC-SHA256 over <see cref="Digest"/> and the entry.</summary>
    public required byte[] Seal { get; init; }

    /// <summary>Whether what was there when this was written didn't fit its seals: then it vouches for nothing before it.</summary>
    public required bool BeginsAnew { get; init; }
}

/// <summary>The end of the audit trail, sealed, so that entries which are cut off there are missed. There is one row.</summary>
internal sealed class AuditHeadRow
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required long Sequence { get; set; }

    public required byte[] Digest { get; set; }

    public required string KeyId { get; set; }

    /// <summary>HMAC-SHA256 over <see cref="Sequence"/> and <see cref="Digest"/>.</summary>
    public required byte[] Seal { get; set; }
}
