using Frat;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds FRAT's engine to an application.</summary>
public static class FratServiceCollectionExtensions
{
    /// <summary>
    /// Adds image decoding, the gallery, <see cref="EnrollmentService"/> and <see cref="CheckInService"/>. An encoder and a store have to be added to
    /// what is returned, such as <c>.UseDlib().UseSqlite("Data Source=frat.db")</c>. Safe to call twice; options are validated when the host starts.
    /// </summary>
    /// <param name="services">The application's services. What is registered already is kept.</param>
    /// <param name="configure">Sets options; may be null.</param>
    /// <returns>The builder that each package's <c>Use…()</c> extends.</returns>
    public static FratBuilder AddFrat(this IServiceCollection services, Action<FratOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<FratOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddOptions<ImageDecoderOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FratOptions>, FratOptionsValidator>());
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IImageDecoder, SkiaImageDecoder>();
        services.TryAddSingleton<FratTelemetry>();
        services.TryAddSingleton<FaceFinder>();
        services.TryAddSingleton<FaceGallery>();
        services.TryAddSingleton(provider => new EnrollmentService(
            provider.GetRequiredService<FaceFinder>(),
            provider.GetRequiredService<IEncodingStore>(),
            provider.GetRequiredService<FaceGallery>(),
            provider.GetRequiredService<IOptions<FratOptions>>(),
            provider.GetRequiredService<FratTelemetry>(),
            provider.GetRequiredService<ILogger<EnrollmentService>>()));
        services.TryAddSingleton(provider => new CheckInService(
            provider.GetRequiredService<FaceFinder>(),
            provider.GetRequiredService<FaceGallery>(),
            provider.GetRequiredService<IAttendanceLog>(),
            provider.GetRequiredService<IOptions<FratOptions>>(),
            provider.GetRequiredService<FratTelemetry>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GalleryFollower>());
        return new FratBuilder(services);
    }
}
