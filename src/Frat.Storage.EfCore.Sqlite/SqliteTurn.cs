using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>
/// Has a context of the application's own wait for its turn among the writers of this process, as the stores do: it would collide with
/// them otherwise, and the one that has waited longest could lose each time.
/// </summary>
/// <remarks>
/// Thread-safe. A turn that didn't end would stop every writer for good, so each way out of <c>SaveChanges()</c> ends it, and it ends once.
/// Of a conflict it hears before that is thrown, and of nothing after it.
/// </remarks>
internal sealed class SqliteTurn(SqliteProvider provider) : SaveChangesInterceptor
{
    private const string Operation = "SaveChanges";

    private readonly ConditionalWeakTable<DbContext, object> _turns = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        DetectChanges(eventData);
        provider.TakeTurnAsync(Operation, CancellationToken.None).GetAwaiter().GetResult();
        _turns.Add(eventData.Context!, this);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        DetectChanges(eventData);
        await provider.TakeTurnAsync(Operation, cancellationToken).ConfigureAwait(false);
        _turns.Add(eventData.Context!, this);
        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        End(eventData);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        new(SavedChanges(eventData, result));

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => End(eventData);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => End(eventData);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData);
        return Task.CompletedTask;
    }

    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result)
    {
        End(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(
        ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(ThrowingConcurrencyException(eventData, result));

    private void End(DbContextEventData eventData)
    {
        if (_turns.Remove(eventData.Context!))
        {
            provider.EndTurn();
        }
    }

    // EF Core does it again after this, and tells nobody when it fails.
    private static void DetectChanges(DbContextEventData eventData)
    {
        if (eventData.Context is { ChangeTracker: { AutoDetectChangesEnabled: true } tracker })
        {
            tracker.DetectChanges();
        }
    }
}
