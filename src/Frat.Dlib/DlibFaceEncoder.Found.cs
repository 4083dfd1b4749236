using System.Globalization;
using Frat.Vision;

namespace Frat.Dlib;

/// <content>In two steps: finding and judging faces, then encoding those that count.</content>
public sealed partial class DlibFaceEncoder
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="FaceEncodeOptions.SmallestFace"/> is below 10 (5 with <see cref="DlibDetectorKind.Cnn"/>), or
    /// <see cref="FaceEncodeOptions.MaxFaces"/> below 1.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async ValueTask<IReadOnlyList<FoundFace>> FindAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (upsample, maxFaces) = (_options.UpsampleFor(options?.SmallestFace), MaxFaces(options));
        var work = new Work(Encodes: true, Pixels(image, upsample), options?.IsUrgent ?? false);
        return await RunAsync<IReadOnlyList<FoundFace>>(
            work,
            pipeline => [.. Detect(pipeline, image, upsample, maxFaces, options, cancellationToken)
                .Select(face => face.CutOut(image, FaceChip.Format))],
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public ValueTask<IReadOnlyList<FaceEncoding>> EncodeFoundAsync(
        IReadOnlyList<FoundFace> faces, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(faces);
        return EmbedAsync(FoundFaces.ChipsOf(faces), Jittered(options), options?.IsUrgent ?? false, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<FaceEncoding>> EmbedAsync(
        IReadOnlyList<RgbImage> chips, int jittered, bool isUrgent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chips);
        if (!chips.All(chip => chip is { Width: FaceChip.Size, Height: FaceChip.Size }))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Each chip has {FaceChip.Size}×{FaceChip.Size} pixels."),
                nameof(chips));
        }

        var work = new Work(Encodes: true, Pixels: 0, isUrgent);
        return await RunAsync(work, pipeline => pipeline.EncodeChips(chips, jittered, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private IReadOnlyList<DetectedFace> Detect(
        DlibPipeline pipeline,
        RgbImage image,
        int upsample,
        int maxFaces,
        FaceEncodeOptions? options,
        CancellationToken cancellationToken) =>
        options?.Around is { Width: > 0, Height: > 0 } around
            ? pipeline.Detect(image, around, _options.WindowSize, maxFaces, cancellationToken)
            : pipeline.Detect(image, upsample, maxFaces, cancellationToken);
}
