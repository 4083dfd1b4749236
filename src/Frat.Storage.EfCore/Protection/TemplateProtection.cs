using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>How many templates are encrypted with which key, and which can't be read.</summary>
/// <param name="Keys">By the key's id, in its order.</param>
/// <param name="InClear">Templates that name no key. They are passed over: no FRAT writes such any more.</param>
/// <param name="Unreadable">Templates that are passed over, those in the clear among them.</param>
/// <param name="People">By the key's id, how many people's names and employee IDs are sealed with it.</param>
public sealed record TemplateReport(
    IReadOnlyDictionary<string, int> Keys,
    int InClear,
    IReadOnlyList<UnreadableTemplate> Unreadable,
    IReadOnlyDictionary<string, int> People);

/// <summary>A template that can't be decrypted or read: its person isn't recognised by it.</summary>
/// <param name="TemplateId">Which.</param>
/// <param name="PersonId">Whose.</param>
/// <param name="EmployeeId">Whose, as the database has it; <c>?</c> where that can't be read.</param>
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

        return new(keys, inClear, unreadable, await CountPeopleAsync(Operation, cancellationToken).ConfigureAwait(false));
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
        Arguments.Check(note);
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

        return new(ring.Current.Id, done, unreadable);
    }

    /// <summary>
    /// Takes over what a version before this stored, although the key ring says that the time for it is over: for a backup from before that
    /// was restored. Whoever calls it answers for where the database comes from, as what such a version stored isn't sealed.
    /// </summary>
    /// <param name="note">Who does it: an entry in the audit trail.</param>
    /// <param name="cancellationToken">Cancels the call; nothing is done then.</param>
    /// <returns>A task that completes when it is done.</returns>
    /// <exception cref="StoreException">The store failed, or there are no keys.</exception>
    public async Task AcceptOlderAsync(AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.Check(note);
        await _database.AcceptOlderAsync(cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        await _database.WriteAsync(
            "TakeOver",
            (context, _) => Task.FromResult(context.Audit(now, note, AuditActions.OlderAccepted, null)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes sure that there are keys and that they are the database's, and does what is left of taking over an older one.
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
                $"The templates are encrypted with the key {string.Join(", ", missing.Select(group => group.Key))}, and the key ring has {string.Join(", ", ring.Keys)} only. Give FRAT the keys that belong to this database.");
        }

        foreach (var group in missing)
        {
            Log.KeyMissing(_logger, group.Key, group.Count);
        }

        if (!ring.RefusesOlder)
        {
            Log.KeysDoNotRemember(_logger);
        }

        await AnnounceKeyAsync(Operation, ring.Current.Id, cancellationToken).ConfigureAwait(false);
        await ScrubAsync(Operation, cancellationToken).ConfigureAwait(false);
        var head = await _database.ReadAsync(
            Operation, (context, cancel) => context.AuditHeads.FirstOrDefaultAsync(cancel), cancellationToken).ConfigureAwait(false);
        if (head is not null)
        {
            Log.TrailHead(_logger, new AuditHead(head.Sequence, Convert.ToHexStringLower(head.Digest)).ToString());
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
                context.Audit(_time.GetUtcNow(), new AuditNote("FRAT"), AuditActions.KeyAdded, personId: null, @new: $"key {keyId}");
            }

            return true;
        },
        cancellationToken);

    private async Task ScrubAsync(string operation, CancellationToken cancellationToken)
    {
        if (!await _database.ReadAsync(
            operation, (context, cancel) => context.Chores.AnyAsync(cancel), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (await _database.ReadAsync(operation, _provider.ScrubTemplatesAsync, cancellationToken).ConfigureAwait(false))
        {
            await _database.WriteAsync(
                operation, (context, cancel) => context.Chores.ExecuteDeleteAsync(cancel), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            Log.ClearTemplatesLeft(_logger);
        }
    }

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
