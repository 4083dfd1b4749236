using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>The options of the context, for the application as for design time.</summary>
internal static class SqliteContextOptions
{
    public static void Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, sqlite => sqlite
            .MigrationsAssembly(typeof(SqliteContextOptions).Assembly)
            .MigrationsHistoryTable(SqliteSchema.HistoryTable))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .AddInterceptors(new SqlitePragmas())
        .LogQuietly()
        //// The migrations are tested from each released version on, with what a table's rebuild brings.
        .ConfigureWarnings(warnings => warnings.Ignore(SqliteEventId.TableRebuildPendingWarning));

    /// <summary>For a context of the application's own.</summary>
    public static void Share(DbContextOptionsBuilder options, SqliteDatabaseFile file, string historyTable, SqliteTurn turn) => options
        .UseSqlite(file.ConnectionString, sqlite => sqlite
            .MigrationsHistoryTable(historyTable)
            .ExecutionStrategy(dependencies => new SqliteRetries(dependencies, file)))
        .AddInterceptors(new SqlitePragmas(), turn)
        .LogQuietly()
        .ConfigureWarnings(warnings => warnings.Ignore(SqliteEventId.TableRebuildPendingWarning));
}
