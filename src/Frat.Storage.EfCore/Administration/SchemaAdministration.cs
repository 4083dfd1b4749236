namespace Frat.Storage.EfCore;

/// <summary>Gives what a provider does with its schema to applications.</summary>
internal sealed class SchemaAdministration(DatabaseProvider provider) : IFratDatabase
{
    public async Task<DatabaseStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await provider.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (provider.Translate("GetStatus", exception) is { } translated)
        {
            throw translated;
        }
    }

    public Task MigrateAsync(CancellationToken cancellationToken = default) =>
        provider.PrepareAsync(MigrateMode.AtStart, cancellationToken);

    public string CreateScript(string? fromMigration = null) => provider.CreateScript(fromMigration);
}
