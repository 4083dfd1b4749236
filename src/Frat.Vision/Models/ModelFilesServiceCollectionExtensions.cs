using Frat.Vision;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the model files of encoders.</summary>
public static class ModelFilesServiceCollectionExtensions
{
    /// <summary>
    /// Adds an encoder's files to the <see cref="ModelFiles"/> of the process, which serve all encoders, and <see cref="ModelOptions"/>,
    /// checked when the host starts. An <see cref="IProgress{T}"/> of <see cref="ModelProgress"/> among the services gets the pulls.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="manifest">The files. The same manifest a second time changes nothing.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddModelFiles(this IServiceCollection services, ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(manifest);
        if (!services.Any(service => ReferenceEquals(service.ImplementationInstance, manifest)))
        {
            services.AddSingleton(manifest);
        }

        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>());
        services.AddOptions<ModelOptions>().ValidateOnStart();
        services.TryAddSingleton(provider => new ModelFiles(
            provider.GetServices<ModelManifest>(),
            provider.GetRequiredService<IOptions<ModelOptions>>(),
            provider.GetRequiredService<ILogger<ModelFiles>>(),
            provider.GetService<IProgress<ModelProgress>>()));
        return services;
    }
}
