namespace Frat.Storage.EfCore;

/// <summary>An entry of the audit trail with its seal, as the rows say.</summary>
internal static class StoredEntry
{
    /// <summary>What <see cref="Read"/> and <see cref="ReadSeal"/> read.</summary>
    public static IQueryable Select(FratDbContext context, IQueryable<AuditEntryRow> entries) =>
        from entry in entries
        join seal in context.AuditSeals on entry.Sequence equals seal.Sequence into seals
        from seal in seals.DefaultIfEmpty()
        orderby entry.Sequence
        select new
        {
            entry.Sequence,
            entry.At,
            entry.By,
            entry.Action,
            entry.PersonId,
            entry.Old,
            entry.New,
            entry.Reason,
            Previous = (long?)seal!.Previous,
            seal.Digest,
            seal.KeyId,
            seal.Seal,
            BeginsAnew = (bool?)seal.BeginsAnew,
        };

    public static long ReadSequence(RawRow row) => row.Number(0, "sequence");

    /// <exception cref="DamagedRowException">A value is not what its column is for.</exception>
    public static AuditEntryRow Read(RawRow row) => new()
    {
        Sequence = ReadSequence(row),
        At = row.Instant(1, "at"),
        By = row.Text(2, "by"),
        Action = row.Text(3, "action"),
        PersonId = row.IsNull(4) ? null : row.Id(4, "person_id"),
        Old = row.TextOrNull(5, "old"),
        New = row.TextOrNull(6, "new"),
        Reason = row.TextOrNull(7, "reason"),
    };

    /// <returns>Null where the entry has none.</returns>
    /// <exception cref="DamagedRowException">A value is not what its column is for.</exception>
    public static AuditSealRow? ReadSeal(RawRow row) => row.IsNull(8) ? null : new()
    {
        Sequence = ReadSequence(row),
        Previous = row.Number(8, "previous"),
        Digest = row.Bytes(9, "digest"),
        KeyId = row.Text(10, "key_id"),
        Seal = row.Bytes(11, "seal"),
        BeginsAnew = row.Flag(12, "begins_anew"),
    };
}
