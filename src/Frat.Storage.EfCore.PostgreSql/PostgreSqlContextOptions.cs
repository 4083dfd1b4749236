using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>The options of the context, for the application as for design time.</summary>
internal static class PostgreSqlContextOptions
{
    public static void Configure(DbContextOptionsBuilder options, PostgreSqlDatabase database)
    {
        Configure(options, database.Source);
        Greet(options, database);
    }

    /// <summary>For a context of the application's own.</summary>
    public static void Share(DbContextOptionsBuilder options, PostgreSqlDatabase database, string historyTable)
    {
        options
            .UseNpgsql(database.Source, postgres => postgres.MigrationsHistoryTable(historyTable).EnableRetryOnFailure())
            .LogQuietly();
        Greet(options, database);
    }

    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, postgres => postgres
            .MigrationsAssembly(typeof(PostgreSqlContextOptions).Assembly)
            .MigrationsHistoryTable(PostgreSqlSchema.HistoryTable)
            //// A strategy that retries would make EF Core read every result into memory first. PostgreSqlProvider retries, around the
            //// whole work.
            .ExecutionStrategy(dependencies => new SingleAttempt(dependencies.CurrentContext.Context)))
        .ReplaceService<IModelCustomizer, PostgreSqlModel>()
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .LogQuietly();

    private static void Greet(DbContextOptionsBuilder options, PostgreSqlDatabase database)
    {
        if (database.Greeting is { } greeting)
        {
            options.AddInterceptors(new PostgreSqlGreeting(greeting));
        }
    }
}
