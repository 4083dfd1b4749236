using Frat.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what FRAT's endpoints need.</summary>
public static class FratEndpointServiceCollectionExtensions
{
    /// <summary>
    /// Adds what <c>app.MapFrat()</c> needs beside <c>AddFrat()</c>. It sets nothing of the application's own: neither its JSON, nor its
    /// server, forms or errors. Safe to call more than once. Options are validated when the host starts.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; may be null.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddFratEndpoints(
        this IServiceCollection services, Action<FratEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<FratEndpointOptions>().Configure(configure ?? (_ => { }));
        services.AddOptions<FlaskCompatibilityOptions>();
        if (!services.Any(service => service.ServiceType == typeof(UploadLimits)))
        {
            services.AddOptions<FratUploadOptions>().ValidateDataAnnotations().ValidateOnStart();
        }

        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Refusals>();
        services.TryAddSingleton<UploadLimits>();
        services.TryAddSingleton<Arrivals>();
        services.TryAddSingleton<UploadGate>();
        services.TryAddSingleton<PhotoRates>();
        services.TryAddSingleton<LongAnswers>();
        services.TryAddSingleton<EventTurns>();
        services.TryAddSingleton<ChangeFollower>();
        return services;
    }
}
