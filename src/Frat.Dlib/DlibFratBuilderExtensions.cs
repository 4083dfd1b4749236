using Frat;
using Frat.Dlib;
using Frat.Vision;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds dlib's face encoder.</summary>
public static class DlibFratBuilderExtensions
{
    /// <summary>
    /// Uses <see cref="DlibFaceEncoder"/> as the <see cref="IFaceEncoder"/>, unless another one is registered already. When the host
    /// starts, its model files are pulled where they are missing (<see cref="ModelOptions"/> says from where) and loaded; the host
    /// doesn't start without them. Where the encoder in use is another one, whether it was registered before or after, no model file is
    /// touched.
    /// </summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="configure">Sets options; they are checked when the host starts.</param>
    /// <returns>The same builder. Calling this twice does no harm; both settings are applied, in order.</returns>
    public static FratBuilder UseDlib(this FratBuilder builder, Action<DlibOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDlibFaceEncoder(configure);
        return builder;
    }

    /// <summary>
    /// Adds the <see cref="DlibFaceEncoder"/> alone, also as the <see cref="IFaceEncoder"/> and its two halves, for a program that compares
    /// or stores encodings by itself and needs no gallery and no store. <c>UseDlib()</c> calls it.
    /// </summary>
    /// <param name="services">The program's services. An encoder that is registered already is kept.</param>
    /// <param name="configure">Sets options; they are checked when the host starts, or else when the encoder is made.</param>
    /// <returns>
    /// The same services. Without a host, the model files are pulled and loaded by <see cref="DlibFaceEncoder.LoadAsync"/>, or else by the
    /// first call.
    /// </returns>
    public static IServiceCollection AddDlibFaceEncoder(this IServiceCollection services, Action<DlibOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddModelFiles(DlibModels.Manifest);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DlibOptions>, DlibOptionsValidator>());
        var options = services.AddOptions<DlibOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<DlibFaceEncoder>();
        services.TryAddSingleton<IFaceEncoder>(provider => provider.GetRequiredService<DlibFaceEncoder>());
        services.TryAddSingleton<IFaceDetector>(provider => provider.GetRequiredService<DlibFaceEncoder>());
        services.TryAddSingleton<IFaceEmbedder>(provider => provider.GetRequiredService<DlibFaceEncoder>());
        services.AddHostedService<DlibModelLoader>();
        return services;
    }
}
