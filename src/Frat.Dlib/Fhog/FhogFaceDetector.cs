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
internal sealed class FhogFaceDetector : IFaceDetector
{
    private readonly FhogModel _model;
    private readonly OverlapTest _overlap;

    private FhogFaceDetector(FhogModel model)
    {
        _model = model;
        _overlap = new OverlapTest(model.MaxIntersectionOverUnion, model.MaxCovered);
    }

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
        cancellationToken.ThrowIfCancellationRequested();
        var (doubledWidth, doubledHeight) = ImageDoubling.SizeOf(image, upsample);
        if (FhogFeatures.ColumnsOf(doubledWidth) == 0 || FhogFeatures.ColumnsOf(doubledHeight) == 0)
        {
            return [];
        }

        var candidates = new List<FaceCandidate>();
        var level = ImageDoubling.Double(image, upsample);
        try
        {
            var levels = FhogPyramid.Levels(level.Width, level.Height, _model);
            var hits = new List<FhogHit>();
            for (var i = 0; ; i++)
            {
                hits.Clear();
                FhogScanner.Scan(level, _model.Filters, hits, cancellationToken);
                candidates.AddRange(hits.Select(hit => new FaceCandidate(FhogPyramid.Up(hit, i), hit.Score)));
                if (i + 1 == levels)
                {
                    break;
                }

                var (width, height) = FhogPyramid.Shrink(level.Width, level.Height);
                level = ImageDoubling.Replace(level, width, height);
            }
        }
        finally
        {
            level.Dispose();
        }

        return [.. _overlap.Suppress(candidates).Select(face => new FaceDetection(FhogPyramid.Halve(face.Box, upsample), (float)face.Score))];
    }

    /// <summary>Without an effect: it holds nothing but memory.</summary>
    public void Dispose()
    {
    }
}
