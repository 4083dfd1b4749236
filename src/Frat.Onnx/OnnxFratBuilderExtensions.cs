using System.Diagnostics.Metrics;
using Frat;
using Frat.Onnx;
using Frat.Vision;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds MobileFaceNet by name.</summary>
public static class OnnxFratBuilderExtensions
{
    /// <summary>
    /// Uses MobileFaceNet behind YuNet as the <see cref="IFaceEncoder"/>, unless another one is registered already. When the host starts,
    /// both model files are loaded; the host doesn't start without them. They are never pulled by the start: somebody has to ask for
    /// them, with <c>frat models pull mobilefacenet yunet</c>, or put them into the folder of <see cref="ModelOptions"/>. Where the
    /// encoder in use is another one, no model file is touched.
    /// </summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="configure">Sets options of the network that encodes; they are checked when the host starts.</param>
    /// <param name="detector">
    /// Gives the detector, one that finds <see cref="LandmarkScheme.EyeCenters"/> or <see cref="LandmarkScheme.EyeCorners"/>; null for
    /// <see cref="YuNetFaceDetector"/>, whose <see cref="YuNetOptions"/> are among the services.
    /// </param>
    /// <returns>The same builder. Calling this twice does no harm; both settings are applied, in order.</returns>
    public static FratBuilder UseMobileFaceNet(
        this FratBuilder builder,
        Action<OnnxEmbedderOptions>? configure = null,
        Func<IServiceProvider, IFaceDetector>? detector = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddMobileFaceNetEncoder(configure, detector);
        return builder;
    }

    /// <summary>
    /// Adds MobileFaceNet alone, for a program that compares or stores encodings by itself: as the <see cref="IFaceEncoder"/>, its two
    /// halves, and the <see cref="OnnxFaceEmbedder"/> and <see cref="YuNetFaceDetector"/> that these are. <c>UseMobileFaceNet()</c> calls
    /// it.
    /// </summary>
    /// <param name="services">The program's services. What is registered already is kept.</param>
    /// <param name="configure">Sets options; they are checked when the host starts, or else when the encoder is made.</param>
    /// <param name="detector">Gives the detector, as for <see cref="UseMobileFaceNet"/>.</param>
    /// <returns>The same services. Without a host, the model files are loaded by the first call.</returns>
    public static IServiceCollection AddMobileFaceNetEncoder(
        this IServiceCollection services,
        Action<OnnxEmbedderOptions>? configure = null,
        Func<IServiceProvider, IFaceDetector>? detector = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddModelFiles(OnnxModels.MobileFaceNet).AddModelFiles(OnnxModels.YuNet);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OnnxEmbedderOptions>, OnnxEmbedderOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<YuNetOptions>, YuNetOptionsValidator>());
        services.AddOptions<YuNetOptions>().ValidateOnStart();
        var options = services.AddOptions<OnnxEmbedderOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(provider => new OnnxFaceEmbedder(
            OnnxModelSource.From(provider.GetRequiredService<ModelFiles>(), OnnxModels.MobileFaceNetFile),
            OnnxNetworks.MobileFaceNet,
            provider.GetRequiredService<IOptions<OnnxEmbedderOptions>>().Value,
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(provider => new YuNetFaceDetector(
            OnnxModelSource.From(provider.GetRequiredService<ModelFiles>(), OnnxModels.YuNetFile),
            provider.GetRequiredService<IOptions<YuNetOptions>>().Value,
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(provider => new MobileFaceNetEncoder(
            detector?.Invoke(provider) ?? provider.GetRequiredService<YuNetFaceDetector>(),
            provider.GetRequiredService<OnnxFaceEmbedder>()));
        services.TryAddSingleton<IFaceEncoder>(provider => provider.GetRequiredService<MobileFaceNetEncoder>());
        services.TryAddSingleton(provider => provider.GetRequiredService<MobileFaceNetEncoder>().Detector);
        services.TryAddSingleton<IFaceEmbedder>(provider => provider.GetRequiredService<OnnxFaceEmbedder>());
        services.AddHostedService<MobileFaceNetLoader>();
        return services;
    }
}
