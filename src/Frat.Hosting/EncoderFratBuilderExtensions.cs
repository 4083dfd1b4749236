using Frat;
using Frat.Dlib;
using Frat.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the encoder that the configuration names.</summary>
public static class EncoderFratBuilderExtensions
{
    /// <summary>
    /// Uses the encoder that <c>Frat:Encoder</c> names: <c>Dlib</c>, the default, or <c>MobileFaceNet</c>, whose files somebody has to
    /// pull first (<c>frat models pull mobilefacenet yunet</c>). <c>Frat:Detector</c> says which detector MobileFaceNet stands behind:
    /// <c>YuNet</c>, its default, or <c>Dlib</c>. An encoder that is registered already is kept.
    /// </summary>
    /// <param name="builder">What <c>AddFrat(configuration)</c> returned.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="SettingException">The detector doesn't go with the encoder.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFrat()</c> was called without a configuration.</exception>
    public static FratBuilder UseEncoder(this FratBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var values = (FratConfiguration.Find(builder.Services) ?? throw new InvalidOperationException(
            "UseEncoder() reads the configuration: give it to AddFrat(), or call UseDlib() or UseMobileFaceNet().")).Values;

        // AddFrat() has refused what is no name.
        _ = Enum.TryParse<EncoderName>(values[EncoderSettings.EncoderKey], ignoreCase: true, out var encoder);
        var detector = Enum.TryParse<DetectorName>(values[EncoderSettings.DetectorKey], ignoreCase: true, out var named)
            ? named
            : encoder == EncoderName.Dlib ? DetectorName.Dlib : DetectorName.YuNet;
        return (encoder, detector) switch
        {
            (EncoderName.Dlib, DetectorName.Dlib) => builder.UseDlib(),
            (EncoderName.Dlib, _) => throw new SettingException(
                $"{values.GetSection(EncoderSettings.DetectorKey).Path} can be {DetectorName.YuNet} with "
                    + $"{values.GetSection(EncoderSettings.EncoderKey).Path}={EncoderName.MobileFaceNet} only: dlib's encoder can't align by its points."),
            (_, DetectorName.YuNet) => builder.UseMobileFaceNet(),
            _ => UseMobileFaceNetBehindDlib(builder),
        };
    }

    private static FratBuilder UseMobileFaceNetBehindDlib(FratBuilder builder)
    {
        builder.UseMobileFaceNet(detector: provider => provider.GetRequiredService<DlibFaceEncoder>());
        builder.Services.AddDlibFaceEncoder();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DlibDetectorLoader>());
        return builder;
    }

    // dlib's own loader loads where dlib's encoder is in use.
    private sealed class DlibDetectorLoader(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            services.GetService<IFaceDetector>() is DlibFaceEncoder dlib && services.GetService<IFaceEncoder>() is not DlibFaceEncoder
                ? dlib.LoadDetectorAsync(cancellationToken)
                : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
