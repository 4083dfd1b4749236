using Frat;
using Frat.Storage.EfCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts tables of an application's own into FRAT's database.</summary>
public static class SharedContextFratBuilderExtensions
{
    /// <summary>
    /// Adds a context of the application's own, whose tables are in FRAT's database: accounts, for example, which are to be in the same
    /// backup. It connects as FRAT's own contexts do, on SQLite with the same pragmas. <c>SaveChanges()</c> waits for its turn among the
    /// writers, and is tried again while another program writes; <c>ExecuteUpdate()</c> and SQL of your own are tried again, but have no
    /// turn. A transaction of your own has to run inside <c>Database.CreateExecutionStrategy()</c>.
    /// </summary>
    /// <remarks>
    /// Its migrations are in the assembly of <typeparamref name="TImplementation"/>. They are applied after FRAT's, under the same lock and
    /// as <see cref="MigrateMode"/> says, when a host starts. A table that is there already by the name of one of them is somebody else's,
    /// and ends the start.
    /// </remarks>
    /// <typeparam name="TContext">What the application asks for, in a scope; its lifetime is the scope's.</typeparam>
    /// <typeparam name="TImplementation">
    /// The context that has the migrations of the database in use: EF Core knows migrations by the type of their context, and those of two
    /// databases differ. <typeparamref name="TContext"/> itself where there is one database.
    /// </typeparam>
    /// <param name="builder">What <c>UseSqlite()</c>, <c>UsePostgreSql()</c> or <c>UseDatabase()</c> returned.</param>
    /// <param name="historyTable">The table that tells which migrations are applied; another one than that of any other context.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="InvalidOperationException">No database is there yet.</exception>
    public static FratBuilder ShareDatabase<TContext, TImplementation>(this FratBuilder builder, string historyTable)
        where TContext : DbContext
        where TImplementation : TContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(historyTable);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(DatabaseProvider)))
        {
            throw new InvalidOperationException("There is no database to share: call UseSqlite(), UsePostgreSql() or UseDatabase() first.");
        }

        if (services.Any(service => service.ServiceType == typeof(IDbContextFactory<TImplementation>)))
        {
            return builder;
        }

        services.AddDbContextFactory<TImplementation>(
            (provider, options) => provider.GetRequiredService<DatabaseProvider>().Connect(options, historyTable));
        services.TryAddScoped<TContext>(provider => provider.GetRequiredService<TImplementation>());
        services.AddSingleton(provider => new SharedContext(
            provider.GetRequiredService<IDbContextFactory<TImplementation>>().CreateDbContext));
        return builder;
    }
}
