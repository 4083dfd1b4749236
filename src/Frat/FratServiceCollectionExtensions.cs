using System.Diagnostics.CodeAnalysis;
using Frat;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds FRAT's engine to an application.</summary>
public static class FratServiceCollectionExtensions
{
    /// <summary>
    /// Adds image decoding, the gallery, the attendance rules, <see cref="IEnrollmentService"/>, <see cref="ICheckInService"/>,
    /// <see cref="IFaceIdentifier"/>, <see cref="IPeopleService"/>, <see cref="IReportService"/> and <see cref="IPersonExportService"/>.
    /// What is older than <see cref="RetentionOptions"/> allow is deleted once a day. An encoder and a store have to be added to what is
    /// returned, such as <c>.UseDlib().UseSqlite("Data Source=frat.db")</c>. Safe to call twice, unless both calls set the same option, and
    /// differently: an application has one site.
    /// Options are validated when the host starts.
    /// </summary>
    /// <param name="services">The application's services. What is registered already is kept.</param>
    /// <param name="configure">Sets options; may be null.</param>
    /// <returns>The builder that each package's <c>Use…()</c> extends.</returns>
    public static FratBuilder AddFrat(this IServiceCollection services, Action<FratOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddValidated<FratOptions, FratOptionsRanges>();
        if (configure is not null)
        {
            options.Configure(configure);
            services.AddSingleton(new FratOptionsCall(configure));
        }

        services.AddValidated<ConsentOptions, ConsentOptionsValidator>();
        services.AddValidated<RetentionOptions, RetentionOptionsValidator>();
        services.AddImageDecoder();
        services.AddAttendanceRules();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FratOptions>, FratOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FratOptions>, FratOptionsConflict>());
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BackgroundProblems>();
        services.TryAddSingleton<FratInstruments>();
        services.TryAddSingleton(provider => new SiteClock(
            provider.GetRequiredService<IOptions<FratOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new Lazy<SiteClock>(provider.GetRequiredService<SiteClock>));
        services.TryAddSingleton<FaceFinder>();
        services.TryAddSingleton<FaceGallery>();
        services.TryAddSingleton<IdentificationRule>();
        services.TryAddSingleton<ProbeReader>();
        services.TryAddSingleton<IFaceIdentifier, FaceIdentifier>();
        services.TryAddSingleton<PhotoReader>();
        services.TryAddSingleton<LikeFaces>();
        services.TryAddSingleton<IEnrollmentService, EnrollmentService>();
        services.TryAddSingleton<IPeopleService, PeopleService>();
        services.TryAddSingleton<ICheckInService, CheckInService>();
        services.TryAddSingleton<IReportService, ReportService>();
        services.TryAddSingleton<IPersonExportService, PersonExportService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SiteNote>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GalleryFollower>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RetentionService>());
        return new FratBuilder(services);
    }

    /// <summary>
    /// Adds the <see cref="IImageDecoder"/> alone, for a program that needs no gallery and no store. <see cref="AddFrat"/> brings it along.
    /// </summary>
    /// <param name="services">The program's services. A decoder that is registered already is kept.</param>
    /// <param name="configure">Sets limits; may be null. They are validated when the host starts, or else when the decoder is made.</param>
    /// <returns>The same services. Calling this twice does no harm; both settings are applied, in order.</returns>
    public static IServiceCollection AddImageDecoder(this IServiceCollection services, Action<ImageDecoderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddValidated<ImageDecoderOptions, ImageDecoderOptionsValidator>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<IImageDecoder, SkiaImageDecoder>();
        return services;
    }

    /// <summary>
    /// Adds the <see cref="IAttendanceRules"/> alone, for a program that keeps attendance without the rest of the engine: a store needs
    /// them. <see cref="AddFrat"/> brings them along.
    /// </summary>
    /// <param name="services">The program's services. Rules that are registered already are kept.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAttendanceRules(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IAttendanceRules, AttendanceRules>();
        return services;
    }

    private static OptionsBuilder<TOptions> AddValidated<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions, TValidator>(this IServiceCollection services)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>>(new TValidator()));
        return services.AddOptions<TOptions>().ValidateOnStart();
    }
}
