namespace Frat.Dlib;

/// <summary>
/// dlib's frontal face detector (<c>get_frontal_face_detector</c>, dlib 19.24): five linear filters over 31 features of a pyramid of the
/// image. It finds faces of 80 pixels and up.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. A call works on its own, pooled buffers: about 5 bytes for each pixel of the (doubled) image, and
/// about 12 kB for each 8 pixels of its width. An image may have any size whose pixels fit into an array when doubled as often as asked.
/// Levels, features and boxes follow image_processing/scan_fhog_pyramid.h and object_detector.h.
/// </remarks>
internal sealed class FhogFaceDetector
{
    private readonly FhogModel _model;

    private FhogFaceDetector(FhogModel model) => _model = model;

    /// <summary>Creates the detector from the weights inside this assembly.</summary>
    public static FhogFaceDetector LoadEmbedded() => new(FhogModel.LoadEmbedded());

    /// <summary>Creates the detector from a file of weights.</summary>
    /// <param name="stream">The file; it stays open.</param>
    /// <exception cref="ModelFileException">The file is damaged, or another kind of file.</exception>
    public static FhogFaceDetector Load(Stream stream) => new(FhogModel.Load(stream));

    /// <summary>Finds the faces of an image.</summary>
    /// <param name="image">The image, borrowed until the call returns.</param>
    /// <param name="upsample">How many times the image is doubled first, to find smaller faces.</param>
    /// <param name="cancellationToken">Gives up between the levels of the pyramid.</param>
    /// <returns>The faces in pixels of the image, the surest first. A box may reach over the edge.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="upsample"/> is negative, or the doubled image does not fit into an array.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public IReadOnlyList<FaceDetection> Detect(RgbImage image, int upsample, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(upsample);
        cancellationToken.ThrowIfCancellationRequested();
        if (!HasCells(image, upsample))
        {
            return [];
        }

        var candidates = new List<FaceDetectionCandidate>();
        var level = Double(image, upsample);
        try
        {
            var levels = FhogPyramid.Levels(level.Width, level.Height, _model);
            var hits = new List<FhogHit>();
            for (var i = 0; ; i++)
            {
                hits.Clear();
                FhogScanner.Scan(level, _model.Filters, hits, cancellationToken);
                candidates.AddRange(hits.Select(hit => new FaceDetectionCandidate(FhogPyramid.Up(hit, i), hit.Score)));
                if (i + 1 == levels)
                {
                    break;
                }

                var (width, height) = FhogPyramid.Shrink(level.Width, level.Height);
                level = Replace(level, width, height);
            }
        }
        finally
        {
            level.Dispose();
        }

        return [.. Suppress(candidates).Select(face => new FaceDetection(FhogPyramid.Halve(face.Box, upsample), (float)face.Score))];
    }

    private static bool HasCells(RgbImage image, int upsample)
    {
        var (width, height) = ((long)image.Width, (long)image.Height);
        for (var i = 0; i < upsample; i++)
        {
            (width, height) = FhogPyramid.Double(width, height);
            if (width * height * PlanarImage.Planes > Array.MaxLength)
            {
                throw new ArgumentOutOfRangeException(nameof(upsample), upsample, $"{image.Width}×{image.Height} pixels, doubled {upsample} times, do not fit into one array.");
            }
        }

        return FhogFeatures.ColumnsOf((int)width) > 0 && FhogFeatures.ColumnsOf((int)height) > 0;
    }

    private static PlanarImage Double(RgbImage image, int times)
    {
        var doubled = PlanarImage.From(image);
        for (var i = 0; i < times; i++)
        {
            var (width, height) = FhogPyramid.Double(doubled.Width, doubled.Height);
            doubled = Replace(doubled, (int)width, (int)height);
        }

        return doubled;
    }

    private static PlanarImage Replace(PlanarImage image, int width, int height)
    {
        using (image)
        {
            return BilinearResizer.Resize(image, width, height);
        }
    }

    // Of boxes that overlap, the surest stays.
    private List<FaceDetectionCandidate> Suppress(List<FaceDetectionCandidate> candidates)
    {
        var kept = new List<FaceDetectionCandidate>();
        foreach (var candidate in candidates.OrderByDescending(candidate => candidate.Score))
        {
            if (!kept.Exists(face => Overlap(face.Box, candidate.Box)))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    private bool Overlap(FaceBox a, FaceBox b)
    {
        var common = Area(Math.Max(a.Left, b.Left), Math.Max(a.Top, b.Top), Math.Min(a.Right, b.Right), Math.Min(a.Bottom, b.Bottom));
        if (common == 0)
        {
            return false;
        }

        var around = Area(Math.Min(a.Left, b.Left), Math.Min(a.Top, b.Top), Math.Max(a.Right, b.Right), Math.Max(a.Bottom, b.Bottom));
        return common / around > _model.MaxIntersectionOverUnion
            || common / Area(a.Left, a.Top, a.Right, a.Bottom) > _model.MaxCovered
            || common / Area(b.Left, b.Top, b.Right, b.Bottom) > _model.MaxCovered;
    }

    private static double Area(int left, int top, int right, int bottom) =>
        left > right || top > bottom ? 0 : (right - left + 1.0) * (bottom - top + 1.0);

    private readonly record struct FaceDetectionCandidate(FaceBox Box, double Score);
}
