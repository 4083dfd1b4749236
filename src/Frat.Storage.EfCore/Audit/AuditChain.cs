using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>
/// Writes the entries of a transaction to the end of the audit trail, each tied to the one before it and sealed with the newest key.
/// Thread-safe.
/// </summary>
internal sealed class AuditChain(DatabaseProvider provider, TemplateVault vault, TimeProvider time, ILogger<AuditChain> logger)
{
    /// <summary>
    /// Writes what <see cref="AuditWriter"/> has collected. The last thing that a transaction does: nobody else can write to the trail
    /// until it ends.
    /// </summary>
    /// <exception cref="TemplateKeyException">There are no keys: then nothing is written that the trail couldn't vouch for.</exception>
    public async Task AppendAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        await provider.LockTrailAsync(context, cancellationToken).ConfigureAwait(false);
        var ring = await vault.GetKeysAsync(context, cancellationToken).ConfigureAwait(false);
        var head = await context.AuditHeads.AsTracking()
            .SingleOrDefaultAsync(row => row.Id == AuditHeadRow.TheOne, cancellationToken).ConfigureAwait(false);
        var last = await FindLastAsync(context, from: head?.Sequence ?? 0, cancellationToken).ConfigureAwait(false)
            ?? (head is { Sequence: > 0 } ? await FindLastAsync(context, from: 0, cancellationToken).ConfigureAwait(false) : null);
        var beginsAnew = !await FitsAsync(ring, head, last, cancellationToken).ConfigureAwait(false);
        if (beginsAnew)
        {
            Log.TrailBroken(logger, last?.Sequence ?? 0);
        }

        var entries = context.Trail.ToList();
        context.Trail.Clear();
        if ((head?.KeyId != ring.Current.Id || last is null)
            && (last is null
                || !await context.AuditSeals.AnyAsync(seal => seal.KeyId == ring.Current.Id, cancellationToken).ConfigureAwait(false))
            && !entries.Exists(entry => entry.Action == AuditActions.KeyAdded))
        {
            context.Audit(time.GetUtcNow(), new AuditNote
            {
                By = Actor.Frat,
            }, AuditActions.KeyAdded, personId: null, @new: $"key {ring.Current.Id}");
            entries.InsertRange(0, context.Trail);
            context.Trail.Clear();
        }

        context.AuditEntries.AddRange(entries);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        entries.Sort((one, other) => one.Sequence.CompareTo(other.Sequence)); // The database gives them.
        var end = Seal(
            context, new AuditSealer(ring.Current), entries, (last?.Sequence ?? 0, last?.Digest ?? AuditSealer.Beginning), beginsAnew);
        SetHead(context, head, new AuditSealer(ring.Current), end);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Seals the beginning of a trail where there is nothing yet. Where there is something, and no sealed end of the trail, somebody took
    /// it away: then <see cref="AppendAsync"/> begins anew, and says so.
    /// </summary>
    /// <returns>False when that has to wait, because there are no keys yet.</returns>
    public async Task<bool> BeginAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        await provider.LockTrailAsync(context, cancellationToken).ConfigureAwait(false);
        if (!await TemplateVault.IsEmptyAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        TemplateKeyRing ring;
        try
        {
            ring = await vault.GetKeysAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (TemplateKeyException)
        {
            return false;
        }

        SetHead(context, null, new AuditSealer(ring.Current), (0, AuditSealer.Beginning));
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static (long Sequence, byte[] Digest) Seal(
        FratDbContext context, AuditSealer sealer, List<AuditEntryRow> entries, (long Sequence, byte[] Digest) end, bool beginsAnew)
    {
        foreach (var entry in entries)
        {
            var seal = sealer.Seal(entry, end.Sequence, end.Digest, beginsAnew);
            context.AuditSeals.Add(seal);
            end = (seal.Sequence, seal.Digest);
            beginsAnew = false;
        }

        return end;
    }

    private static void SetHead(FratDbContext context, AuditHeadRow? head, AuditSealer sealer, (long Sequence, byte[] Digest) end)
    {
        if (head is null)
        {
            head = new AuditHeadRow { Sequence = 0, Digest = [], KeyId = "", Seal = [] };
            context.AuditHeads.Add(head);
        }

        (head.Sequence, head.Digest, head.KeyId, head.Seal) = (
            end.Sequence, end.Digest, sealer.KeyId, sealer.SealHead(end.Sequence, end.Digest));
    }

    private static Task<AuditSealRow?> FindLastAsync(FratDbContext context, long from, CancellationToken cancellationToken) =>
        context.AuditSeals.Where(seal => seal.Sequence >= from).OrderByDescending(seal => seal.Sequence)
            .FirstOrDefaultAsync(cancellationToken);

    // Somebody who has no key can write to the trail's end; what FRAT writes next mustn't vouch for that.
    private async Task<bool> FitsAsync(
        TemplateKeyRing ring, AuditHeadRow? head, AuditSealRow? last, CancellationToken cancellationToken)
    {
        if (head is null)
        {
            return false; // There is one from the first start on.
        }

        var key = ring.Find(head.KeyId) ?? (await vault.GetKeysAsync(head.KeyId, cancellationToken).ConfigureAwait(false)).Find(head.KeyId);
        return key is not null && new AuditSealer(key).Fits(head)
            && head.Sequence == (last?.Sequence ?? 0) && head.Digest.AsSpan().SequenceEqual(last?.Digest ?? AuditSealer.Beginning);
    }
}
