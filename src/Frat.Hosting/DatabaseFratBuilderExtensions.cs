using Frat;
using Frat.Hosting;
using Frat.Storage.EfCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the store that an address names.</summary>
public static class DatabaseFratBuilderExtensions
{
    /// <summary>
    /// Keeps people and attendance where the configuration says, as <see cref="DatabaseAddress.Read"/> reads it, with the keys of the
    /// templates in the file that <c>Frat:KeyFile</c> names, if it does, and in the schema <c>Frat:Schema</c> of a PostgreSQL database.
    /// What becomes of an older schema, <c>Frat:Migrate</c> says. The host logs at its start where database and keys are.
    /// </summary>
    /// <param name="builder">What <c>AddFrat(configuration)</c> returned.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="SettingException">What is set can't be understood; the message names the key.</exception>
    /// <exception cref="InvalidOperationException">
    /// <c>AddFrat()</c> was called without a configuration, or another store is there already.
    /// </exception>
    public static FratBuilder UseDatabase(this FratBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = FratConfiguration.Find(builder.Services) ?? throw new InvalidOperationException(
            "UseDatabase() reads the configuration: give it to AddFrat(), or give UseDatabase() an address.");
        var (values, folder) = (configuration.Values, configuration.BaseFolder);
        var address = DatabaseAddress.Read(values, folder);
        _ = Enum.TryParse<MigrateMode>(values[DatabaseSettings.MigrateKey], ignoreCase: true, out var migrate);
        var schema = values[DatabaseSettings.SchemaKey] is { Length: > 0 } named ? named : null;
        try
        {
            builder.UseDatabase(address, migrate, schema);
        }
        catch (ArgumentException exception) when (schema is not null)
        {
            throw new SettingException($"{values.GetSection(DatabaseSettings.SchemaKey).Path}: {exception.Message}");
        }

        var keyFile = values[DatabaseSettings.KeyFileKey] is { Length: > 0 } file ? Path.GetFullPath(file, folder) : null;
        if (keyFile is not null)
        {
            builder.UseTemplateKeyFile(keyFile);
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseNote>(provider =>
            new DatabaseNote(address, keyFile, folder, provider.GetRequiredService<ILogger<DatabaseNote>>())));
        return builder;
    }

    /// <summary>Keeps people and attendance in a database.</summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="address">The database.</param>
    /// <param name="migrate">What becomes of an older schema.</param>
    /// <param name="schema">The schema of a PostgreSQL database that FRAT's tables are in; null for that of the connection.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The schema is none, or the database is SQLite's, which has none.</exception>
    /// <exception cref="InvalidOperationException">Another store is there already, or this one with other settings.</exception>
    public static FratBuilder UseDatabase(
        this FratBuilder builder, DatabaseAddress address, MigrateMode migrate = MigrateMode.AtStart, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(address);
        if (address.Kind == DatabaseKind.PostgreSql)
        {
            return builder.UsePostgreSql(address.ConnectionString, options => (options.Migrate, options.Schema) = (migrate, schema));
        }

        return schema is null
            ? builder.UseSqlite(address.ConnectionString, options => options.Migrate = migrate)
            : throw new ArgumentException("SQLite has no schemas: give each store a file of its own.");
    }
}
