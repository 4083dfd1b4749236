using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>How many templates are encrypted with which key, and which can't be read.</summary>
public sealed record TemplateReport
{
    /// <summary>By the key's id, in its order.</summary>
    public required IReadOnlyDictionary<string, int> Keys { get; init; }

    /// <summary>Templates that name no key. They are passed over: no FRAT writes such any more.</summary>
    public required int InClear { get; init; }

    /// <summary>Templates that are passed over, those in the clear among them.</summary>
    public required IReadOnlyList<UnreadableTemplate> Unreadable { get; init; }

    /// <summary>By the key's id, how many people's names and employee IDs are sealed with it.</summary>
    public required IReadOnlyDictionary<string, int> People { get; init; }
}

/// <summary>What was encrypted anew.</summary>
public sealed record Reencryption
{
    /// <summary>The key that they are encrypted with now.</summary>
    public required string KeyId { get; init; }

    /// <summary>How many were encrypted with another key, or with none.</summary>
    public required int Reencrypted { get; init; }

    /// <summary>How many could not be read, and were left as they are.</summary>
    public required int Unreadable { get; init; }
}

/// <summary>Looks after the encryption of the templates in a database. The providers' <c>Use…()</c> register it. Thread-safe.</summary>
public sealed class TemplateProtection
{
    private readonly FratDatabase _database;
    private readonly DatabaseProvider _provider;
    private readonly TemplateVault _vault;
    private readonly TimeProvider _time;
    private readonly ILogger<TemplateProtection> _logger;

    internal TemplateProtection(
        FratDatabase database, DatabaseProvider provider, TemplateVault vault, TimeProvider time, ILogger<TemplateProtection> logger) =>
        (_database, _provider, _vault, _time, _logger) = (database, provider, vault, time, logger);

    /// <summary>Tries each template, and counts.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="StoreException">The store failed, or there are no keys.</exception>
    public async Task<TemplateReport> CheckAsync(CancellationToken cancellationToken = default)
    {
        const string Operation = "CheckTemplates";
        var keys = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unreadable = new List<UnreadableTemplate>();
        var inClear = 0;
        using var reader = _vault.OpenReader(Operation);
        await foreach (var row in _database.StreamRowsAsync(
            Operation, context => StoredTemplate.Select(context, context.Templates), cancellationToken).ConfigureAwait(false))
        {
            if (StoredTemplate.ReadKeyId(row) is { } key)
            {
                keys[key] = keys.GetValueOrDefault(key) + 1;
            }
            else
            {
                inClear++;
            }

            try
            {
                _ = await reader.OpenAsync(row, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (TemplateVault.Reader.IsUnreadable(exception))
            {
                unreadable.Add(StoredTemplate.Describe(row, exception.Message));
            }
        }

        return new()
        {
            Keys = keys,
            InClear = inClear,
            Unreadable = unreadable,
            People = await CountPeopleAsync(Operation, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>
    /// Encrypts what another key than the newest protects, and seals people with the newest. Runs beside hosts that are at work; what a
    /// kill leaves undone, the next call does. It has an entry in the audit trail. What can't be read stays as it is, templates in the
    /// clear among it.
    /// </summary>
    /// <param name="note">Who does it.</param>
    /// <param name="progress">Hears how many were looked at so far.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <returns>How many were encrypted or sealed anew.</returns>
    /// <exception cref="StoreException">The store failed, or there are no keys. What was encrypted so far stays so.</exception>
    public async Task<Reencryption> ReencryptAsync(
        AuditNote note, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        const string Operation = "Reencrypt";
        AuditNote.ThrowIfInvalid(note);
        var ring = await _database.ReadAsync(
            Operation, (context, cancel) => _vault.GetKeysAsync(context, cancel).AsTask(), cancellationToken).ConfigureAwait(false);
        var newKey = new NewestKey(_database, _vault, Operation, ring.Current);
        var people = await newKey.SealPeopleAsync(cancellationToken).ConfigureAwait(false);
        var (done, unreadable) = await newKey.EncryptTemplatesAsync(progress, cancellationToken).ConfigureAwait(false);
        if (done + people > 0)
        {
            var now = _time.GetUtcNow();
            await _database.WriteAsync(
                Operation,
                (context, _) => Task.FromResult(
                    context.Audit(now, note, AuditActions.TemplatesReencrypted, null, @new: $"key {ring.Current.Id}, {done} templates")),
                cancellationToken).ConfigureAwait(false);
        }

        return new() { KeyId = ring.Current.Id, Reencrypted = done, Unreadable = unreadable };
    }

    /// <summary>
    /// Makes sure that there are keys and that they are the database's.
    /// </summary>
    internal async Task PrepareAsync(CancellationToken cancellationToken)
    {
        const string Operation = "PrepareKeys";
        if (_provider.IsReadOnly)
        {
            return;
        }

        var (ring, used) = await _database.ReadAsync(
            Operation,
            async (context, cancel) => (
                await _vault.GetKeysAsync(context, cancel).ConfigureAwait(false),
                await context.Templates.Where(row => row.KeyId != TemplateRow.InClear).GroupBy(row => row.KeyId)
                    .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        var missing = used.Where(group => ring.Find(group.Key) is null).ToList();
        if (missing.Count > 0 && missing.Count == used.Count)
        {
            throw new StoreException(
                Operation,
                isTransient: false,
                $"The templates are encrypted with the key {string.Join(", ", missing.Select(group => group.Key))}, and the key ring has "
                    + $"{string.Join(", ", ring.Keys)} only. Give FRAT the keys that belong to this database.");
        }

        foreach (var group in missing)
        {
            Log.KeyMissing(_logger, group.Key, group.Count);
        }

        await AnnounceKeyAsync(Operation, ring.Current.Id, cancellationToken).ConfigureAwait(false);
        var head = await _database.ReadAsync(
            Operation, (context, cancel) => context.AuditHeads.FirstOrDefaultAsync(cancel), cancellationToken).ConfigureAwait(false);
        if (head is not null)
        {
            Log.TrailHead(_logger, new AuditHead { Sequence = head.Sequence, Digest = Convert.ToHexStringLower(head.Digest) }.ToString());
        }
    }

    /// <summary>
    /// A key that came into the ring while nobody wrote to the database has its entry in the trail from the next start on.
    /// </summary>
    private Task<bool> AnnounceKeyAsync(string operation, string keyId, CancellationToken cancellationToken) => _database.WriteAsync(
        operation,
        async (context, cancel) =>
        {
            if (await context.AuditHeads.AnyAsync(head => head.Sequence > 0 && head.KeyId != keyId, cancel).ConfigureAwait(false)
                && !await context.AuditSeals.AnyAsync(seal => seal.KeyId == keyId, cancel).ConfigureAwait(false))
            {
                context.Audit(_time.GetUtcNow(), new AuditNote
                {
                    By = Actor.Frat,
                }, AuditActions.KeyAdded, personId: null, @new: $"key {keyId}");
            }

            return true;
        },
        cancellationToken);

    private async Task<IReadOnlyDictionary<string, int>> CountPeopleAsync(string operation, CancellationToken cancellationToken)
    {
        var keys = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await foreach (var row in _database.StreamRowsAsync(
            operation, context => context.People.Select(person => new { person.Seal, person.Id }), cancellationToken).ConfigureAwait(false))
        {
            if (row.BytesOrNull(0) is { } seal && PersonSeal.ReadKeyId(seal) is { } key)
            {
                keys[key] = keys.GetValueOrDefault(key) + 1;
            }
        }

        return keys;
    }
}
