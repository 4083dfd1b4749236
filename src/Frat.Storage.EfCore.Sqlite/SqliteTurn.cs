using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>
/// Has a context of the application's own wait for its turn among the writers of this process, as the stores do: it would collide with
/// them otherwise, and the one that has waited longest could lose each time.
/// </summary>
internal sealed class SqliteTurn(SqliteProvider provider) : SaveChangesInterceptor
{
    private const string Operation = "SaveChanges";

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        provider.TakeTurnAsync(Operation, CancellationToken.None).GetAwaiter().GetResult();
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await provider.TakeTurnAsync(Operation, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        provider.EndTurn();
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        new(SavedChanges(eventData, result));

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => provider.EndTurn();

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        provider.EndTurn();
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => provider.EndTurn();

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        provider.EndTurn();
        return Task.CompletedTask;
    }
}
