using Frat;
using Frat.Storage.EfCore;
using Frat.Storage.EfCore.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds storage in an SQLite file.</summary>
public static class SqliteFratBuilderExtensions
{
    /// <summary>
    /// Keeps people, templates and attendance in an SQLite file, as <see cref="IEncodingStore"/> and <see cref="IAttendanceLog"/>.
    /// Services that are there already are kept, so a second call with the same connection string changes nothing. An application has one
    /// store: each tenant has a host of its own.
    /// </summary>
    /// <remarks>
    /// When the host starts, before its other hosted services, the folder and the file are created where they are missing, and an
    /// older schema is brought up to date, unless <see cref="SqliteStoreOptions.Migrate"/> says otherwise; without a host, the first call
    /// does so. If that fails, an <see cref="StoreException"/> names the file and the cause. A file in which another application has
    /// tables by FRAT's names is refused, and stays as it is. Several processes of one machine may share the file.
    /// A call that returned survives a kill of the process and a loss of power (<c>synchronous=FULL</c>).
    /// Templates are encrypted, with a key that is made at the first start in a file beside the database, named after it with <c>.keys</c>
    /// at the end; <c>FRAT_KEYS</c> in the environment, <c>UseTemplateKeyFile()</c> or an <see cref="ITemplateKeyProvider"/> of the
    /// application's own take its place.
    /// </remarks>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="connectionString">
    /// As for Microsoft.Data.Sqlite, such as <c>Data Source=frat.db</c>; a relative path starts at the working folder.
    /// <c>Default Timeout</c> bounds the wait for other writers, in seconds: 30 unless given, 0 to wait for ever.
    /// </param>
    /// <param name="configure">Sets options; may be null.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The connection string can't be read, or names no file: memory databases and URIs are refused.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another database is there already, or this one with other settings.</exception>
    public static FratBuilder UseSqlite(
        this FratBuilder builder, string connectionString, Action<SqliteStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = new SqliteStoreOptions();
        configure?.Invoke(options);
        var file = new SqliteDatabaseFile(connectionString, options);
        if (!StoreRegistration.TryAdd(services, file.Path, $"{file.ConnectionString};{file.LockTimeout};{file.Migrate}"))
        {
            return builder;
        }

        services.AddSingleton(file);
        services.TryAddSingleton(new TemplateKeyLocation(TemplateKeyFile.Beside(file.Path), IsNamed: false));
        services.TryAddSingleton<SqliteSchema>();
        services.TryAddSingleton<DatabaseProvider, SqliteProvider>();
        StorageServices.AddContexts(services, (_, options) => SqliteContextOptions.Configure(options, file.ConnectionString));
        StorageServices.AddStores(services);
        return builder;
    }
}
