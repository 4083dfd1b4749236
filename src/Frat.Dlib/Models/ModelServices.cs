using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Frat.Dlib;

internal static class ModelServices
{
    /// <summary>Adds <see cref="ModelFiles"/> and its validated options. Safe to call twice.</summary>
    public static IServiceCollection AddModelFiles(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>());
        services.AddOptions<ModelOptions>().ValidateOnStart();
        services.TryAddSingleton<ModelFiles>();
        return services;
    }
}
