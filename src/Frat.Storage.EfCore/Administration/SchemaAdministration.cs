using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Gives what a provider does with its schema to applications.</summary>
internal sealed class SchemaAdministration(
    IDbContextFactory<FratDbContext> contexts, DatabaseProvider provider, IEnumerable<SharedContext> shared) : IFratDatabase
{
    private IEnumerable<Func<DbContext>> All => [contexts.CreateDbContext, .. shared.Select(context => context.Create)];

    public async Task<DatabaseStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var statuses = new List<DatabaseStatus>();
            foreach (var create in All)
            {
                statuses.Add(await provider.GetStatusAsync(create, cancellationToken).ConfigureAwait(false));
            }

            return new DatabaseStatus
            {
                Applied = [.. statuses.SelectMany(status => status.Applied)],
                Pending = [.. statuses.SelectMany(status => status.Pending)],
                Older = [.. statuses.SelectMany(status => status.Older)],
                Newer = [.. statuses.SelectMany(status => status.Newer)],
            };
        }
        catch (Exception exception) when (provider.Translate("GetStatus", exception) is { } translated)
        {
            throw translated;
        }
    }

    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        foreach (var create in All)
        {
            await provider.PrepareAsync(create, MigrateMode.AtStart, cancellationToken).ConfigureAwait(false);
        }
    }

    public string CreateScript(string? fromMigration = null)
    {
        using var context = contexts.CreateDbContext();
        return provider.CreateScript(context, fromMigration);
    }

    public StoreException? Translate(string operation, Exception exception)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(operation);
        ArgumentNullException.ThrowIfNull(exception);
        return provider.Translate(operation, exception);
    }
}
