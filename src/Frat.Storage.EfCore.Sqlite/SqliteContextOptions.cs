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
}
