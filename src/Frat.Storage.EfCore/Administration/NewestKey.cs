using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Brings what older keys of the ring protect over to the newest, beside hosts that are at work.</summary>
internal sealed class NewestKey(FratDatabase database, TemplateVault vault, string operation, TemplateKey key)
{
    /// <summary>How many rows one transaction changes: other writers wait for no more than that.</summary>
    private const int BatchSize = 200;

    /// <returns>How many people were sealed anew. One whose seal doesn't fit stays as it is.</returns>
    public async Task<int> SealPeopleAsync(CancellationToken cancellationToken)
    {
        var (seal, done) = (new PersonSeal(key), 0);
        var people = new List<(Guid Id, byte[] Old, byte[] New)>();
        using var reader = vault.OpenReader(operation);
        await foreach (var row in database.StreamRowsAsync(
            operation,
            context => context.People.Select(person => new { person.Id, person.EmployeeId, person.Name, person.Seal }),
            cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var (id, employeeId, name, old) = (row.Id(0, "id"), row.Text(1, "employee_id"), row.Text(2, "name"), row.Bytes(3, "seal"));
                await reader.CheckAsync(id, employeeId, name, old, cancellationToken).ConfigureAwait(false);
                if (PersonSeal.ReadKeyId(old) != key.Id)
                {
                    people.Add((id, old, seal.Seal(id, employeeId, name)));
                }
            }
            catch (Exception exception) when (TemplateVault.Reader.IsUnreadable(exception))
            {
                // With the seal that doesn't fit: the person stays unknown, and is listed.
            }
        }

        foreach (var batch in people.Chunk(BatchSize))
        {
            done += await database.WriteAsync(
                operation, (context, cancel) => StoreAsync(context, batch, cancel), cancellationToken).ConfigureAwait(false);
        }

        return done;

        static async Task<int> StoreAsync(FratDbContext context, (Guid Id, byte[] Old, byte[] New)[] batch, CancellationToken cancel)
        {
            var stored = 0;
            foreach (var (id, old, sealedAnew) in batch)
            {
                stored += await context.People.Where(person => person.Id == id && person.Seal == old)
                    .ExecuteUpdateAsync(set => set.SetProperty(person => person.Seal, sealedAnew), cancel).ConfigureAwait(false);
            }

            return stored;
        }
    }

    /// <returns>How many templates were encrypted anew, and how many could not be read.</returns>
    public async Task<(int Done, int Unreadable)> EncryptTemplatesAsync(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var (done, unreadable, seen) = (0, 0, 0);
        var ids = await database.ReadAsync(
            operation,
            (context, cancel) => context.Templates.Where(row => row.KeyId != key.Id).OrderBy(row => row.Id).Select(row => row.Id.ToString())
                .ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        using var reader = vault.OpenReader(operation);
        using var cipher = new TemplateCipher(key);
        foreach (var chunk in ids.Chunk(BatchSize))
        {
            var batch = chunk.Where(id => Guid.TryParse(id, out _)).Select(Guid.Parse).ToList();
            var encrypted = new List<(TemplateRow Row, byte[] Blob)>();
            unreadable += chunk.Length - batch.Count;
            await foreach (var row in database.StreamRowsAsync(
                operation,
                context => StoredTemplate.Select(context, context.Templates.Where(row => batch.Contains(row.Id))),
                cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    var template = StoredTemplate.Read(row).Row;
                    encrypted.Add((
                        template,
                        cipher.Encrypt(template.Place, await reader.DecryptAsync(template, cancellationToken).ConfigureAwait(false))));
                }
                catch (Exception exception) when (TemplateVault.Reader.IsUnreadable(exception))
                {
                    unreadable++;
                }
            }

            done += await database.WriteAsync(
                operation, (context, cancel) => StoreAsync(context, encrypted, cancel), cancellationToken).ConfigureAwait(false);
            progress?.Report(seen += chunk.Length);
        }

        return (done, unreadable);

        // Only where it is still what was read: somebody else may have deleted it, or done the same.
        async Task<int> StoreAsync(FratDbContext context, List<(TemplateRow Row, byte[] Blob)> rows, CancellationToken cancel)
        {
            var stored = 0;
            foreach (var (row, blob) in rows)
            {
                stored += await context.Templates
                    .Where(template => template.Id == row.Id && template.KeyId == row.KeyId && template.Encoding == row.Encoding)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(template => template.Encoding, blob).SetProperty(template => template.KeyId, key.Id),
                        cancel).ConfigureAwait(false);
            }

            return stored;
        }
    }
}
