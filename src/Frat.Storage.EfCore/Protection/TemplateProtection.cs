using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>How many templates are encrypted with which key, and which can't be read.</summary>
/// <param name="Keys">By the key's id, in its order.</param>
/// <param name="InClear">Templates of an older version, which the next start of a host encrypts.</param>
/// <param name="Unreadable">Templates that are passed over.</param>
public sealed record TemplateReport(IReadOnlyDictionary<string, int> Keys, int InClear, IReadOnlyList<UnreadableTemplate> Unreadable);

/// <summary>A template that can't be decrypted or read: its person isn't recognised by it.</summary>
/// <param name="TemplateId">Which.</param>
/// <param name="PersonId">Whose.</param>
/// <param name="EmployeeId">Whose.</param>
/// <param name="Problem">Why.</param>
public sealed record UnreadableTemplate(Guid TemplateId, Guid PersonId, string EmployeeId, string Problem);

/// <summary>What was encrypted anew.</summary>
/// <param name="KeyId">The key that they are encrypted with now.</param>
/// <param name="Reencrypted">How many were encrypted with another key, or with none.</param>
/// <param name="Unreadable">How many could not be read, and were left as they are.</param>
public sealed record Reencryption(string KeyId, int Reencrypted, int Unreadable);

/// <summary>Looks after the encryption of the templates in a database. The providers' <c>Use…()</c> register it. Thread-safe.</summary>
public sealed class TemplateProtection
{
    /// <summary>How many templates one transaction encrypts anew: other writers wait for no more than that.</summary>
    private const int BatchSize = 200;

    private readonly FratDatabase _database;
    private readonly DatabaseProvider _provider;
    private readonly TemplateVault _vault;
    private readonly TimeProvider _time;
    private readonly ILogger<TemplateProtection> _logger;

    internal TemplateProtection(
        FratDatabase database, DatabaseProvider provider, TemplateVault vault, TimeProvider time, ILogger<TemplateProtection> logger) =>
        (_database, _provider, _vault, _time, _logger) = (database, provider, vault, time, logger);

    /// <summary>Tries each template, and counts.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="EncodingStoreException">The store failed, or there are no keys.</exception>
    public async Task<TemplateReport> CheckAsync(CancellationToken cancellationToken = default)
    {
        const string Operation = "CheckTemplates";
        var keys = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unreadable = new List<UnreadableTemplate>();
        var inClear = 0;
        using var reader = _vault.OpenReader(Operation);
        await foreach (var row in _database.StreamAsync(Operation, context => context.Templates.Include(row => row.Person), cancellationToken).ConfigureAwait(false))
        {
            if (row.KeyId is { } key)
            {
                keys[key] = keys.GetValueOrDefault(key) + 1;
            }
            else
            {
                inClear++;
            }

            try
            {
                _ = FaceEncoding.FromBytes(row.EncoderId, await reader.OpenAsync(row, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                unreadable.Add(new(row.Id, row.PersonId, row.Person!.EmployeeId, exception.Message));
            }
        }

        return new(keys, inClear, unreadable);
    }

    /// <summary>
    /// Encrypts what another key than the newest, or none, protects. Runs beside hosts that are at work; what a kill leaves undone, the next call does.
    /// It has an entry in the audit trail.
    /// </summary>
    /// <param name="note">Who does it.</param>
    /// <param name="progress">Hears how many were looked at so far.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <returns>How many it were.</returns>
    /// <exception cref="EncodingStoreException">The store failed, or there are no keys. What was encrypted so far stays so.</exception>
    public Task<Reencryption> ReencryptAsync(AuditNote note, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        Arguments.Check(note);
        return EncryptAnewAsync("Reencrypt", onlyClear: false, note, progress, cancellationToken);
    }

    /// <summary>Makes sure that there are keys and that they are the database's, and encrypts what an older version stored in the clear.</summary>
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
                await context.Templates.GroupBy(row => row.KeyId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        var missing = used.Where(group => group.Key is not null && ring.Find(group.Key) is null).ToList();
        if (missing.Count > 0 && missing.Count == used.Count(group => group.Key is not null))
        {
            throw new EncodingStoreException(
                Operation,
                isTransient: false,
                $"The templates are encrypted with the key {string.Join(", ", missing.Select(group => group.Key))}, and the key ring has {string.Join(", ", ring.Keys)} only. Give FRAT the keys that belong to this database.");
        }

        foreach (var group in missing)
        {
            Log.KeyMissing(_logger, group.Key!, group.Count);
        }

        if (used.Any(group => group.Key is null))
        {
            var note = new AuditNote("FRAT", "An older version had stored them in the clear.");
            var done = await EncryptAnewAsync(Operation, onlyClear: true, note, progress: null, cancellationToken).ConfigureAwait(false);
            Log.ClearTemplatesEncrypted(_logger, done.Reencrypted);
            if (!await _database.ReadAsync(Operation, _provider.ScrubTemplatesAsync, cancellationToken).ConfigureAwait(false))
            {
                Log.ClearTemplatesLeft(_logger);
            }
        }
    }

    private async Task<Reencryption> EncryptAnewAsync(
        string operation, bool onlyClear, AuditNote note, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var ring = await _database.ReadAsync(operation, (context, cancel) => _vault.GetKeysAsync(context, cancel).AsTask(), cancellationToken).ConfigureAwait(false);
        var (done, unreadable, seen, last) = (0, 0, 0, Guid.Empty);
        using var reader = _vault.OpenReader(operation);
        using var cipher = new TemplateCipher(ring.Current);
        while (await ReadBatchAsync().ConfigureAwait(false) is { Count: > 0 } rows)
        {
            var sealedAnew = new List<(TemplateRow Row, byte[] Blob)>();
            foreach (var row in rows)
            {
                try
                {
                    sealedAnew.Add((row, cipher.Encrypt(row.Place, await reader.OpenAsync(row, cancellationToken).ConfigureAwait(false))));
                }
                catch (CryptographicException)
                {
                    unreadable++;
                }
            }

            done += await _database.WriteAsync(operation, (context, cancel) => StoreAsync(context, sealedAnew, cancel), cancellationToken).ConfigureAwait(false);
            progress?.Report(seen += rows.Count);
            last = rows[^1].Id;
        }

        if (done > 0)
        {
            var now = _time.GetUtcNow();
            await _database.WriteAsync(
                operation,
                (context, _) => Task.FromResult(context.Audit(now, note, AuditActions.TemplatesReencrypted, null, @new: $"key {ring.Current.Id}, {done} templates")),
                cancellationToken).ConfigureAwait(false);
        }

        return new(ring.Current.Id, done, unreadable);

        Task<List<TemplateRow>> ReadBatchAsync() => _database.ReadAsync(
            operation,
            (context, cancel) => context.Templates
                .Where(row => row.Id > last && (row.KeyId == null || (!onlyClear && row.KeyId != ring.Current.Id)))
                .OrderBy(row => row.Id).Take(BatchSize).ToListAsync(cancel),
            cancellationToken);

        // Only where it is still what was read: somebody else may have deleted it, or done the same.
        async Task<int> StoreAsync(FratDbContext context, List<(TemplateRow Row, byte[] Blob)> rows, CancellationToken cancel)
        {
            var stored = 0;
            foreach (var (row, blob) in rows)
            {
                stored += await context.Templates
                    .Where(template => template.Id == row.Id && template.KeyId == row.KeyId)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(template => template.Encoding, blob).SetProperty(template => template.KeyId, ring.Current.Id), cancel).ConfigureAwait(false);
            }

            return stored;
        }
    }
}
