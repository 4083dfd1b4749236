namespace Frat.Storage.EfCore;

/// <summary>
/// Finds what somebody changed in the audit trail who has no key of the ring. The providers' <c>Use…()</c> register it. Thread-safe.
/// </summary>
/// <remarks>
/// What it can't find by itself is that somebody put all of the trail's tables back as they were at an earlier moment: then whatever was
/// written since is gone. A head that was kept elsewhere shows it.
/// </remarks>
public sealed class AuditVerifier
{
    private const string Operation = "VerifyAudit";
    private readonly FratDatabase _database;
    private readonly DatabaseProvider _provider;
    private readonly TemplateVault _vault;

    internal AuditVerifier(FratDatabase database, DatabaseProvider provider, TemplateVault vault) =>
        (_database, _provider, _vault) = (database, provider, vault);

    /// <summary>Reads the whole trail as it is at one moment, and compares it with its seals.</summary>
    /// <param name="kept">A head of an earlier time that was kept outside of the database; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="StoreException">The store failed, or there are no keys.</exception>
    public Task<AuditVerification> VerifyAsync(AuditHead? kept = null, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(Operation, (context, cancel) => VerifyAsync(context, kept, cancel), cancellationToken);

    private async Task<AuditVerification> VerifyAsync(FratDbContext context, AuditHead? kept, CancellationToken cancellationToken)
    {
        var snapshot = await _provider.BeginSnapshotAsync(context, cancellationToken).ConfigureAwait(false);
        await using (snapshot.ConfigureAwait(false))
        {
            var ring = await _vault.GetKeysAsync(unknownKeyId: null, cancellationToken).ConfigureAwait(false);
            var inspection = new AuditInspection(ring, kept);
            await foreach (var row in RawRow.ReadAsync(
                context, StoredEntry.Select(context, context.AuditEntries), cancellationToken).ConfigureAwait(false))
            {
                inspection.Add(row);
            }

            RawRow? head = null;
            var heads = context.AuditHeads.Select(row => new { row.Sequence, row.Digest, row.KeyId, row.Seal });
            await foreach (var row in RawRow.ReadAsync(context, heads, cancellationToken).ConfigureAwait(false))
            {
                head = row;
            }

            return inspection.End(head);
        }
    }
}
