using Frat;
using Frat.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the store that an address names.</summary>
public static class DatabaseFratBuilderExtensions
{
    /// <summary>
    /// Keeps people and attendance where the configuration says, as <see cref="DatabaseAddress.Read"/> reads it, with the keys of the
    /// templates in the file that <c>Frat:KeyFile</c> names, if it does. The host logs at its start where both are.
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
        builder.UseDatabase(address);
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
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="InvalidOperationException">Another store is there already, or this one with other settings.</exception>
    public static FratBuilder UseDatabase(this FratBuilder builder, DatabaseAddress address)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(address);
        return address.Kind == DatabaseKind.Sqlite
            ? builder.UseSqlite(address.ConnectionString)
            : builder.UsePostgreSql(address.ConnectionString);
    }
}
