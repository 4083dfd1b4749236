using Frat.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Onnx;

/// <summary>MobileFaceNet behind a detector. Both are borrowed: the container disposes them.</summary>
internal sealed class MobileFaceNetEncoder(IFaceDetector detector, OnnxFaceEmbedder embedder)
    : DelegatingFaceEncoder(new FaceEncoder(detector, embedder))
{
    public IFaceDetector Detector => detector;

    /// <summary>Loads what is this package's own.</summary>
    /// <exception cref="ModelFileException">Model files are missing or damaged; the message names all of them.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        List<ModelFileException> missing = [];
        await TryAsync(embedder.LoadAsync).ConfigureAwait(false);
        if (detector is YuNetFaceDetector yunet)
        {
            await TryAsync(yunet.LoadAsync).ConfigureAwait(false);
        }

        if (missing.Count > 0)
        {
            // Who has to ask for files, or copy them, does so once.
            throw missing.Count == 1
                ? missing[0]
                : new ModelFileException(missing[0].FileName, string.Join('\n', missing.Select(one => one.Message)), missing[0]);
        }

        async Task TryAsync(Func<CancellationToken, Task> load)
        {
            try
            {
                await load(cancellationToken).ConfigureAwait(false);
            }
            catch (ModelFileException e)
            {
                missing.Add(e);
            }
        }
    }
}

/// <summary>
/// Loads the models when the host starts: a missing file stops the start with a clear message, and the first request is fast. Where the
/// application, or a test of it, has another encoder, no model file is touched.
/// </summary>
internal sealed class MobileFaceNetLoader(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        services.GetService<IFaceEncoder>() is MobileFaceNetEncoder encoder ? encoder.LoadAsync(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
