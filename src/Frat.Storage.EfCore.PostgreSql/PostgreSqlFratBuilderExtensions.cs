using Frat;
using Frat.Storage.EfCore;
using Frat.Storage.EfCore.PostgreSql;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds storage in a PostgreSQL database.</summary>
public static class PostgreSqlFratBuilderExtensions
{
    /// <summary>
    /// Keeps people, templates and attendance in a PostgreSQL database, as <see cref="IEncodingStore"/> and
    /// <see cref="IAttendanceLog"/>. Services that are there already are kept, so a second call with the same connection string changes
    /// nothing. An application has one store: each tenant has a host of its own.
    /// </summary>
    /// <remarks>
    /// The database has to be there, with the encoding UTF8. When the host starts, before its other hosted services, the tables are
    /// created where they are missing, and older ones are brought up to date, by one process at a time; without a host, the first
    /// call does so. If that fails, an <see cref="EncodingStoreException"/> names the database and the cause. Any number of processes
    /// may share the database: each hears of the others' changes at once, or within a second where a pooler between them passes
    /// no notifications on. A call that returned survives a kill of the process and, with the server's default settings, of the server.
    /// PostgreSQL 15 or newer.
    /// Templates are encrypted with keys that all these processes share: from <c>FRAT_KEYS</c> in the environment, from the file that
    /// <c>UseTemplateKeyFile()</c> names, or from an <see cref="ITemplateKeyProvider"/> of the application's own. Without any, a host
    /// doesn't start. A connection to another machine without <c>SSL Mode=VerifyFull</c> is warned of at the start: who is between could
    /// pass for the server.
    /// </remarks>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="connectionString">
    /// As for Npgsql, such as <c>Host=localhost;Database=frat;Username=frat;Password=…</c>. <c>Timeout</c> bounds how long a call tries
    /// again while the server is away, in seconds: 15 unless given, 0 to try for ever.
    /// </param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The connection string can't be read, or names no server or no database.</exception>
    /// <exception cref="InvalidOperationException">Another database is there already, or this one with other settings.</exception>
    public static FratBuilder UsePostgreSql(this FratBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var database = new PostgreSqlDatabase(connectionString);
        if (!StoreRegistration.TryAdd(services, database.Name, database.Settings))
        {
            return builder;
        }

        // By a factory, so that the container closes its connections at the end.
        services.AddSingleton(_ => database);
        services.TryAddSingleton<PostgreSqlSchema>();
        services.TryAddSingleton<DatabaseProvider, PostgreSqlProvider>();
        StorageServices.AddContexts(
            services,
            (provider, options) => PostgreSqlContextOptions.Configure(options, provider.GetRequiredService<PostgreSqlDatabase>().Source));
        StorageServices.AddStores(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PostgreSqlChangeListener>());
        return builder;
    }
}
