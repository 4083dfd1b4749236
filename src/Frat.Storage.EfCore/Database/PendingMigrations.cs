using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Compares a database's schema with the one that this version knows.</summary>
internal static class PendingMigrations
{
    /// <summary>Counts the migrations that the database lacks.</summary>
    /// <param name="context">A context of the database.</param>
    /// <param name="operation">What is being done, for the exception.</param>
    /// <param name="database">What the database is called in messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StoreException">A newer version of FRAT has been there.</exception>
    public static async Task<int> CountAsync(FratDbContext context, string operation, string database, CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
        if (applied.FirstOrDefault(migration => !known.Contains(migration)) is { } newer)
        {
            throw new StoreException(
                operation,
                isTransient: false,
                $"The database {database} was brought up to date by a newer version of FRAT ({newer}). Run that version or a later one, or restore a backup from before.");
        }

        return known.Count - applied.Count();
    }
}
