using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Frat.Dlib;

internal static class ModelServices
{
    /// <summary>Adds <see cref="ModelFiles"/> and its validated options. Safe to call twice.</summary>
    public static IServiceCollection AddModelFiles(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ModelFiles>();
        return services;
    }
}
