using Frat;
using Frat.Storage.EfCore;
using Frat.Storage.EfCore.PostgreSql;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

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
    /// created where they are missing, and older ones are brought up to date, by one process at a time, unless
    /// <see cref="PostgreSqlStoreOptions.Migrate"/> says otherwise; without a host, the first call does so. Where another application
    /// has tables by FRAT's names, nothing is touched: give FRAT a <see cref="PostgreSqlStoreOptions.Schema"/>
    /// then. If that fails, an <see cref="StoreException"/> names the database and the cause. Any number of processes
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
    /// <param name="configure">Sets options; may be null.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The connection string can't be read, or names no server or no database; or the schema is none.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another database is there already, or this one with other settings.</exception>
    public static FratBuilder UsePostgreSql(
        this FratBuilder builder, string connectionString, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = new PostgreSqlDatabase(connectionString, OptionsOf(configure));
        return Add(builder, database.Name, $"{database.Settings};{database.Migrate}", _ => database);
    }

    /// <summary>
    /// Keeps people, templates and attendance in a PostgreSQL database that the application has a data source for, with its passwords,
    /// certificates and pool; as the other form does.
    /// </summary>
    /// <remarks>
    /// The data source is not disposed. One connection of its pool is kept, to hear of changes. FRAT has transactions of its own: with
    /// <c>Enlist=false</c> in the data source's settings, its calls also work inside a <c>TransactionScope</c> of the application.
    /// </remarks>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="source">
    /// Gives the data source, such as <c>services => services.GetRequiredService&lt;NpgsqlDataSource&gt;()</c>. It must not multiplex, nor
    /// have <c>Include Error Detail</c>, with which errors quote people's rows; when it is first used, an
    /// <see cref="InvalidOperationException"/> says so.
    /// </param>
    /// <param name="configure">Sets options; may be null.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="InvalidOperationException">Another database is there already.</exception>
    public static FratBuilder UsePostgreSql(
        this FratBuilder builder, Func<IServiceProvider, NpgsqlDataSource> source, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var options = OptionsOf(configure);
        return Add(
            builder,
            "the application's NpgsqlDataSource" + (options.Schema is null ? "" : $", schema {options.Schema}"),
            (source, options.Schema, options.Migrate),
            provider => new PostgreSqlDatabase(source(provider), options));
    }

    private static PostgreSqlStoreOptions OptionsOf(Action<PostgreSqlStoreOptions>? configure)
    {
        var options = new PostgreSqlStoreOptions();
        configure?.Invoke(options);
        return options;
    }

    private static FratBuilder Add(FratBuilder builder, string name, object settings, Func<IServiceProvider, PostgreSqlDatabase> database)
    {
        var services = builder.Services;
        if (!StoreRegistration.TryAdd(services, name, settings))
        {
            return builder;
        }

        // By a factory, so that the container closes its connections at the end.
        services.AddSingleton(database);
        services.TryAddSingleton<PostgreSqlSchema>();
        services.TryAddSingleton<DatabaseProvider, PostgreSqlProvider>();
        StorageServices.AddContexts(
            services,
            (provider, options) => PostgreSqlContextOptions.Configure(options, provider.GetRequiredService<PostgreSqlDatabase>()));
        StorageServices.AddStores(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PostgreSqlChangeListener>());
        return builder;
    }
}
