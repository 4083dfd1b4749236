using System.Security.Cryptography;

namespace Frat.Storage.EfCore;

/// <summary>Digests the entries of the audit trail, and seals them with one key. Immutable and thread-safe.</summary>
internal sealed class AuditSealer(TemplateKey key)
{
    private readonly byte[] _entryKey = KeyPurpose.Derive(key, KeyPurpose.AuditEntry);
    private readonly byte[] _headKey = KeyPurpose.Derive(key, KeyPurpose.AuditHead);

    /// <summary>What is before the first entry.</summary>
    public static byte[] Beginning { get; } = new byte[SHA256.HashSizeInBytes];

    public string KeyId => key.Id;

    public static byte[] Digest(ReadOnlySpan<byte> previousDigest, long previous, AuditEntryRow entry) =>
        SHA256.HashData(Write(new SealedBytes().Add(previousDigest).Add(previous), entry).Written);

    public AuditSealRow Seal(AuditEntryRow entry, long previous, byte[] previousDigest, bool beginsAnew)
    {
        var digest = Digest(previousDigest, previous, entry);
        return new()
        {
            Sequence = entry.Sequence,
            Previous = previous,
            Digest = digest,
            KeyId = key.Id,
            Seal = Tag(digest, beginsAnew, entry),
            BeginsAnew = beginsAnew,
        };
    }

    public bool Fits(AuditEntryRow entry, AuditSealRow seal) =>
        seal.KeyId == key.Id && CryptographicOperations.FixedTimeEquals(seal.Seal, Tag(seal.Digest, seal.BeginsAnew, entry));

    public byte[] SealHead(long sequence, byte[] digest) =>
        HMACSHA256.HashData(_headKey, new SealedBytes().Add(sequence).Add(digest).Written);

    public bool Fits(AuditHeadRow head) =>
        head.KeyId == key.Id && CryptographicOperations.FixedTimeEquals(head.Seal, SealHead(head.Sequence, head.Digest));

    private static SealedBytes Write(SealedBytes bytes, AuditEntryRow entry) => bytes
        .Add(entry.Sequence).Add(entry.At).Add(entry.By).Add(entry.Action).Add(entry.PersonId).Add(entry.Old).Add(entry.New)
        .Add(entry.Reason);

    private byte[] Tag(byte[] digest, bool beginsAnew, AuditEntryRow entry) =>
        HMACSHA256.HashData(_entryKey, Write(new SealedBytes().Add(digest).Add(beginsAnew ? 1 : 0), entry).Written);
}
