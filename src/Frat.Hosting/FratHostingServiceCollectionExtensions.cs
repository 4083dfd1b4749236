using Frat;
using Frat.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds FRAT as an application's configuration says.</summary>
public static class FratHostingServiceCollectionExtensions
{
    /// <summary>
    /// Adds the engine, as <see cref="FratServiceCollectionExtensions.AddFrat"/> does, and binds the options of all of FRAT's packages to
    /// the section <c>Frat</c>. Encoder and store are added to what is returned, such as <c>.UseEncoder().UseDatabase()</c>. What is set in
    /// code after this call goes before the configuration.
    /// </summary>
    /// <param name="services">The application's services. What is registered already is kept.</param>
    /// <param name="configuration">
    /// The application's configuration: the whole of it, or, for one of several tenants, the section that has the tenant's section
    /// <c>Frat</c>.
    /// </param>
    /// <param name="keys">The table of keys, with the application's own below <c>Frat</c>; null for those of FRAT's packages.</param>
    /// <returns>The builder that each package's <c>Use…()</c> extends.</returns>
    /// <exception cref="SettingException">
    /// A key of the section is not known, or its value can't be bound. The message names the key, and repeats no value.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="configuration"/> is the section <c>Frat</c> itself.</exception>
    /// <exception cref="InvalidOperationException">
    /// It was called with another configuration before: an application has one set of options.
    /// </exception>
    public static FratBuilder AddFrat(this IServiceCollection services, IConfiguration configuration, FratKeys? keys = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration is IConfigurationSection { Key: FratKeys.Root })
        {
            throw new ArgumentException(
                $"Give AddFrat() the whole configuration, not its section {FratKeys.Root}: it looks for that section itself.",
                nameof(configuration));
        }

        var builder = services.AddFrat();
        if (FratConfiguration.Find(services) is { } earlier)
        {
            return ReferenceEquals(earlier.Values, configuration) ? builder : throw new InvalidOperationException(
                "FRAT is set by another configuration already. An application has one set of options; for several tenants, give each a "
                    + "host of its own.");
        }

        (keys ?? new FratKeys()).Bind(services, configuration);
        services.AddSingleton(new FratConfiguration(configuration, FratConfiguration.BaseFolderOf(services)));
        return builder;
    }

    /// <summary>
    /// Keeps the process small, for machines of 512 MiB and the like: <see cref="MemoryTuning.Apply"/> at once, and
    /// <see cref="MemoryTuning.Release"/> when the host has started. It sets what is the process's, which is why no other call does.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <returns>The same services. Calling this twice does no harm.</returns>
    public static IServiceCollection AddMemoryTuning(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        MemoryTuning.Apply();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MemoryRelease>());
        return services;
    }
}
