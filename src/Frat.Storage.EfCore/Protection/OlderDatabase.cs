using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>
/// Takes over what a version before this stored: templates in the clear or not bound to a consent, people and audit entries without a seal.
/// Once for a database, in one transaction. Afterwards whatever has no seal is somebody else's work.
/// </summary>
/// <remarks>
/// Whoever writes to the database can make it look older than it is, by deleting whatever is sealed; so the key ring remembers that the
/// time is over (<see cref="TemplateKeyRing.RefusesOlder"/>), in the key file by itself. Where the ring can't, one sealed row is enough to
/// end the time.
/// </remarks>
internal sealed class OlderDatabase(
    IDbContextFactory<FratDbContext> contexts,
    DatabaseProvider provider,
    TemplateVault vault,
    AuditChain chain,
    TimeProvider time,
    ILogger<OlderDatabase> logger)
{
    private const string Operation = "TakeOver";
    private const int BatchSize = 200;

    /// <summary>Whether this version has sealed anything in the database.</summary>
    public static async Task<bool> IsSealedAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        byte[] none = [];
        return await context.AuditHeads.AnyAsync(cancellationToken).ConfigureAwait(false)
            || await context.AuditSeals.AnyAsync(cancellationToken).ConfigureAwait(false)
            || await context.People.AnyAsync(person => person.Seal != none, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes sure that the database is sealed.</summary>
    /// <param name="accepts">
    /// Whether somebody who answers for it says that the database is an older one, whatever the key ring remembers.
    /// </param>
    /// <param name="cancellationToken">Cancels the call; nothing is done then.</param>
    /// <returns>False when that has to wait: there are no keys yet, and nothing to seal either.</returns>
    /// <exception cref="StoreException">There are no keys, or the database looks older than it can be.</exception>
    public Task<bool> SealAsync(bool accepts, CancellationToken cancellationToken) => provider.IsReadOnly
        ? Task.FromResult(true)
        : provider.ExecuteAsync(Operation, writes: true, cancel => TrySealAsync(accepts, cancel), cancellationToken);

    /// <summary>Whether there is nothing in the database that could be an older version's.</summary>
    public static async Task<bool> IsEmptyAsync(FratDbContext context, CancellationToken cancellationToken) =>
        !await context.People.AnyAsync(cancellationToken).ConfigureAwait(false)
        && !await context.Templates.AnyAsync(cancellationToken).ConfigureAwait(false)
        && !await context.AuditEntries.AnyAsync(cancellationToken).ConfigureAwait(false);

    private async Task<bool> TrySealAsync(bool accepts, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (accepts || !await IsSealedAsync(context, cancellationToken).ConfigureAwait(false))
            {
                var isEmpty = await IsEmptyAsync(context, cancellationToken).ConfigureAwait(false);
                try
                {
                    await TakeOverAsync(context, accepts, cancellationToken).ConfigureAwait(false);
                }
                catch (TemplateKeyException) when (isEmpty)
                {
                    return false;
                }
            }
        }

        // After the commit: a kill in between leaves a sealed row, which says the same.
        vault.RefuseOlder();
        return true;
    }

    private async Task TakeOverAsync(FratDbContext context, bool accepts, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(provider.WriteIsolation, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await provider.LockTrailAsync(context, cancellationToken).ConfigureAwait(false);
            var ring = await vault.GetKeysAsync(context, cancellationToken).ConfigureAwait(false);
            if (await IsSealedAsync(context, cancellationToken).ConfigureAwait(false))
            {
                if (accepts)
                {
                    // Their key was missing when the database was taken over. In the clear, nobody has vouched for them.
                    await SealTemplatesAsync(context, ring, takesClear: false, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                }

                return; // Otherwise another process did it while this one waited.
            }

            if (ring.RefusesOlder && !accepts && !await IsEmptyAsync(context, cancellationToken).ConfigureAwait(false))
            {
                throw new StoreException(
                    Operation,
                    isTransient: false,
                    "Nothing in the database is sealed, as if a version before this had written it, and the key ring says that all "
                        + "databases have been taken over. If you restored a backup from before that, run \"frat keys reencrypt "
                        + "--accept-older\"; if not, somebody has changed the database.");
            }

            await SealPeopleAsync(context, ring, cancellationToken).ConfigureAwait(false);
            var (done, inClear, unreadable) =
                await SealTemplatesAsync(context, ring, takesClear: true, cancellationToken).ConfigureAwait(false);
            await AuditChain.SealOlderAsync(context, ring, cancellationToken).ConfigureAwait(false);
            if (done > 0)
            {
                var reason = inClear > 0
                    ? $"An older version had stored {inClear} in the clear."
                    : "An older version had not bound them to their consents.";
                context.Audit(
                    time.GetUtcNow(),
                    new AuditNote("FRAT", reason),
                    AuditActions.TemplatesReencrypted,
                    personId: null,
                    @new: $"key {ring.Current.Id}, {done} templates");
                await chain.AppendAsync(context, cancellationToken).ConfigureAwait(false);
            }

            if (inClear > 0 && !await context.Chores.AnyAsync(cancellationToken).ConfigureAwait(false))
            {
                context.Chores.Add(new ChoreRow { Name = ChoreRow.ScrubTemplates });
                await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            if (done + unreadable > 0)
            {
                Log.TakenOver(logger, done, inClear, unreadable);
            }
        }
    }

    private static async Task SealPeopleAsync(FratDbContext context, TemplateKeyRing ring, CancellationToken cancellationToken)
    {
        var seal = new PersonSeal(ring.Current);
        var people = new List<(Guid Id, byte[] Seal, string SearchText)>();
        var all = context.People.Select(person => new { person.Id, person.EmployeeId, person.Name });
        await foreach (var row in RawRow.ReadAsync(context, all, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var id = row.Id(0, "id");
                var (employeeId, name) = (row.Text(1, "employee_id"), row.Text(2, "name"));
                people.Add((id, seal.Seal(id, employeeId, name), SearchText.Of(employeeId, name)));
            }
            catch (DamagedRowException)
            {
                // Without a seal: nobody is recognised as this one.
            }
        }

        foreach (var (id, sealedPerson, searchText) in people)
        {
            await context.People.Where(person => person.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(person => person.Seal, sealedPerson).SetProperty(person => person.SearchText, searchText),
                    cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(int Done, int InClear, int Unreadable)> SealTemplatesAsync(
        FratDbContext context, TemplateKeyRing ring, bool takesClear, CancellationToken cancellationToken)
    {
        var (done, inClear, unreadable) = (0, 0, 0);
        var consents = await ReadConsentsAsync(context, cancellationToken).ConfigureAwait(false);
        var ids = await context.Templates.OrderBy(row => row.Id).Select(row => row.Id.ToString())
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        using var cipher = new TemplateCipher(ring.Current);
        foreach (var batch in ids.Where(id => Guid.TryParse(id, out _)).Select(Guid.Parse).Chunk(BatchSize))
        {
            var rows = new List<RawRow>(batch.Length);
            var query = StoredTemplate.Select(context, context.Templates.Where(row => batch.Contains(row.Id)));
            await foreach (var row in RawRow.ReadAsync(context, query, cancellationToken).ConfigureAwait(false))
            {
                rows.Add(row);
            }

            foreach (var row in rows)
            {
                try
                {
                    var template = StoredTemplate.Read(row).Row;
                    if (!takesClear && OlderTemplate.ReadKeyId(template) is null)
                    {
                        continue;
                    }

                    if (takesClear && IsOfThisVersion(template, ring))
                    {
                        throw new StoreException(
                            Operation,
                            isTransient: false,
                            "There are templates of this version in the database, and none of the seals that it makes: somebody has taken "
                                + "them away. Restore a backup.");
                    }

                    var encoding = Open(template, ring, cipher);
                    Guid? consent = consents.TryGetValue(template.PersonId, out var latest) ? latest : null;
                    var blob = cipher.Encrypt(template.Place with { ConsentId = consent }, encoding);
                    done += await context.Templates.Where(stored => stored.Id == template.Id).ExecuteUpdateAsync(
                        set => set.SetProperty(stored => stored.Encoding, blob).SetProperty(stored => stored.KeyId, ring.Current.Id)
                            .SetProperty(stored => stored.ConsentId, consent),
                        cancellationToken).ConfigureAwait(false);
                    inClear += template.KeyId == TemplateRow.InClear ? 1 : 0;
                }
                catch (Exception exception) when (TemplateVault.Reader.IsUnreadable(exception))
                {
                    Log.TemplateUnreadable(logger, row.IdOrEmpty(0), row.IdOrEmpty(1), exception);
                    unreadable++;
                }
            }
        }

        return (done, inClear, unreadable);
    }

    /// <summary>
    /// The consent of each person that a template of before is taken to be under: the latest that isn't withdrawn, or else the latest.
    /// </summary>
    private static async Task<Dictionary<Guid, Guid>> ReadConsentsAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        var latest = new Dictionary<Guid, Guid>();
        var all = context.Consents.OrderByDescending(consent => consent.WithdrawnAt == null).ThenByDescending(consent => consent.GivenAt)
            .Select(consent => new { consent.PersonId, consent.Id });
        await foreach (var row in RawRow.ReadAsync(context, all, cancellationToken).ConfigureAwait(false))
        {
            latest.TryAdd(row.IdOrEmpty(0), row.IdOrEmpty(1));
        }

        return latest;
    }

    private static bool IsOfThisVersion(TemplateRow template, TemplateKeyRing ring)
    {
        try
        {
            if (ring.Find(TemplateCipher.ReadKeyId(template.Encoding)) is not { } key)
            {
                return false;
            }

            using var cipher = new TemplateCipher(key);
            _ = cipher.Decrypt(template.Place, template.Encoding);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Open(TemplateRow template, TemplateKeyRing ring, TemplateCipher cipher)
    {
        if (template.KeyId != TemplateRow.InClear)
        {
            var keyId = OlderTemplate.ReadKeyId(template)
                ?? throw new CryptographicException("It is not in the form in which an older version encrypted.");
            return OlderTemplate.Open(
                template, ring.Find(keyId) ?? throw new CryptographicException($"The key {keyId} is not in the key ring."));
        }

        _ = FaceEncoding.FromBytes(template.EncoderId, template.Encoding);
        return template.Encoding;
    }
}
