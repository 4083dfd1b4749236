using Frat.Vision;

namespace Frat.Dlib;

/// <summary>
/// dlib's frontal face detector (<c>get_frontal_face_detector</c>, dlib 19.24): five linear filters over 31 features of a pyramid of the
/// image. It finds faces of 80 pixels and up.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. A call works on its own, pooled buffers: about 5 bytes for each pixel of the (doubled) image, and
/// about 12 kB for each 8 pixels of its width, for each of its threads. An image may have any size whose pixels fit into an array when
/// doubled as often as asked. Levels, features and boxes follow image_processing/scan_fhog_pyramid.h and object_detector.h.
/// </remarks>
internal sealed class FhogFaceDetector : IBoxDetector
{
    private readonly FhogModel _model;
    private readonly BoxOverlap _overlap;
    private readonly int _threads;

    private FhogFaceDetector(FhogModel model, int threads)
    {
        _model = model;
        _overlap = new BoxOverlap(model.MaxIntersectionOverUnion, model.MaxCovered);
        _threads = threads;
    }

    /// <summary>Creates the detector from the weights inside this assembly.</summary>
    /// <param name="threads">How many threads look at the levels of one image, at least 1.</param>
    public static FhogFaceDetector LoadEmbedded(int threads = 1) => new(FhogModel.LoadEmbedded(), threads);

    /// <summary>Creates the detector from a file of weights.</summary>
    /// <param name="stream">The file; it stays open.</param>
    /// <exception cref="ModelFileException">The file is damaged, or another kind of file.</exception>
    public static FhogFaceDetector Load(Stream stream) => new(FhogModel.Load(stream), threads: 1);

    /// <summary>Finds the faces of an image.</summary>
    /// <param name="image">The image, borrowed until the call returns.</param>
    /// <param name="upsample">How many times the image is doubled first, to find smaller faces.</param>
    /// <param name="cancellationToken">Cancels the call between the levels of the pyramid.</param>
    /// <returns>The faces in pixels of the image, the surest first. A box may reach over the edge.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="upsample"/> is negative, or the doubled image does not fit into an array.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public IReadOnlyList<DetectedBox> Detect(RgbImage image, int upsample, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        cancellationToken.ThrowIfCancellationRequested();
        var (doubledWidth, doubledHeight) = ImageDoubling.SizeOf(image, upsample);
        if (FhogFeatures.ColumnsOf(doubledWidth) == 0 || FhogFeatures.ColumnsOf(doubledHeight) == 0)
        {
            return [];
        }

        using var levels = new FhogLevels(ImageDoubling.Double(image, upsample), _model);
        var candidates = new IReadOnlyList<DetectedBox>[levels.Count];
        var threads = Math.Min(_threads, levels.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, threads, options, _ =>
        {
            while (levels.TryTake(out var number) is { } level)
            {
                using (level)
                {
                    candidates[number] = FhogScanner.Scan(level, number, _model.Filters, cancellationToken);
                }
            }
        });
        return [.. _overlap.Suppress(candidates.SelectMany(level => level), face => face.Box, face => face.Score)
            .Select(face => face with { Box = ImageDoubling.Halve(face.Box, upsample) })];
    }

    /// <summary>Does nothing: the detector holds managed memory only.</summary>
    public void Dispose()
    {
    }
}
