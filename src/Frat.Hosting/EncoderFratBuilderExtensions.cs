using Frat;
using Frat.Dlib;
using Frat.Hosting;
using Frat.Onnx;
using Frat.Vision;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the encoder that the configuration names.</summary>
public static class EncoderFratBuilderExtensions
{
    /// <summary>
    /// Uses the encoder that <c>Frat:Encoder</c> names: <c>Dlib</c>, the default, or <c>MobileFaceNet</c>, whose files somebody has to
    /// pull first (<c>frat models pull mobilefacenet yunet</c>). <c>Frat:Detector</c> says which detector MobileFaceNet stands behind:
    /// <c>YuNet</c>, its default, or <c>Dlib</c>. With <c>Frat:AlsoEncodeWith</c>, whoever is enrolled gets templates of that encoder as
    /// well, so that the host can change to it. An encoder that is registered already is kept.
    /// </summary>
    /// <param name="builder">What <c>AddFrat(configuration)</c> returned.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="SettingException">The detector doesn't go with the encoder, or the second encoder is the first.</exception>
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
        _ = (encoder, detector) switch
        {
            (EncoderName.Dlib, DetectorName.Dlib) => builder.UseDlib(),
            (EncoderName.Dlib, _) => throw new SettingException(
                $"{values.GetSection(EncoderSettings.DetectorKey).Path} can be {DetectorName.YuNet} with "
                    + $"{values.GetSection(EncoderSettings.EncoderKey).Path}={EncoderName.MobileFaceNet} only: "
                    + "dlib's encoder can't align by its points."),
            (_, DetectorName.YuNet) => builder.UseMobileFaceNet(),
            _ => UseMobileFaceNetBehindDlib(builder),
        };
        if (Enum.TryParse<EncoderName>(values[EncoderSettings.AlsoKey], ignoreCase: true, out var also))
        {
            AlsoEncodeWith(builder, also != encoder ? also : throw new SettingException(
                $"{values.GetSection(EncoderSettings.AlsoKey).Path} is the encoder that "
                    + $"{values.GetSection(EncoderSettings.EncoderKey).Path} names. It takes another one, or nothing."));
        }

        return builder;
    }

    private static void AlsoEncodeWith(FratBuilder builder, EncoderName encoder)
    {
        // What is registered already, as the encoder, stays so.
        if (encoder == EncoderName.Dlib)
        {
            builder.Services.AddDlibFaceEncoder();
            builder.AlsoEncodeWith(provider => provider.GetRequiredService<DlibFaceEncoder>());
        }
        else
        {
            builder.Services.AddMobileFaceNetEncoder();
            builder.AlsoEncodeWith(provider => new FaceEncoder(
                provider.GetRequiredService<YuNetFaceDetector>(), provider.GetRequiredService<OnnxFaceEmbedder>()));
        }

        builder.Services.TryAddEnumerable(encoder == EncoderName.Dlib
            ? ServiceDescriptor.Singleton<IHostedService, SecondDlibLoader>()
            : ServiceDescriptor.Singleton<IHostedService, SecondMobileFaceNetLoader>());
    }

    private static FratBuilder UseMobileFaceNetBehindDlib(FratBuilder builder)
    {
        builder.UseMobileFaceNet(detector: provider => provider.GetRequiredService<DlibFaceEncoder>());
        builder.Services.AddDlibFaceEncoder();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DlibDetectorLoader>());
        return builder;
    }

    // The encoders' own loaders load the one that is in use.
    private sealed class SecondDlibLoader(DlibFaceEncoder encoder) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => encoder.LoadAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <inheritdoc cref="SecondDlibLoader"/>
    private sealed class SecondMobileFaceNetLoader(OnnxFaceEmbedder embedder, YuNetFaceDetector detector) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await embedder.LoadAsync(cancellationToken).ConfigureAwait(false);
            await detector.LoadAsync(cancellationToken).ConfigureAwait(false);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
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
