using Frat.Vision;

namespace Frat.Dlib;

/// <summary>
/// dlib's CNN face detector (<c>cnn_face_detection_model_v1</c>, dlib 19.24), max-margin object detection over a tiled pyramid of the
/// image. It finds faces of about 80 pixels and up, also turned and partly hidden ones that FHOG misses, and takes longer.
/// </summary>
/// <remarks>
/// Thread-safe. A call works on buffers of its own: about 5 bytes for each pixel of the image, 9 of a doubled one, and about 50 kB for each
/// 8 pixels of its width. Levels, places and boxes follow dnn/input.h, dnn/loss.h and image_transforms/image_pyramid.h.
/// </remarks>
internal sealed class MmodFaceDetector : IBoxDetector
{
    // What loss_mmod's map from an output to the input comes to: the middle of what a feature sees.
    private const int FeatureMiddle = MmodNetworkLayers.FeatureField / 2;

    private readonly MmodNetwork _network;
    private readonly BoxOverlap _overlap;

    private MmodFaceDetector(MmodNetwork network)
    {
        _network = network;
        _overlap = new BoxOverlap(network.Settings.MaxIntersectionOverUnion, network.Settings.MaxCovered);
    }

    /// <summary>Reads the weights and prepares the network.</summary>
    /// <param name="path">The file <see cref="MmodNetworkLayers.FileName"/>.</param>
    /// <param name="threads">How many threads compute one image, at least 1.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or of another kind.</exception>
    public static MmodFaceDetector Load(string path, int threads)
    {
        using var reader = DlibFileReader.Open(path);
        return Load(reader, threads);
    }

    public static MmodFaceDetector Load(DlibFileReader reader, int threads) => new(MmodNetwork.Load(reader, threads));

    /// <inheritdoc/>
    public IReadOnlyList<DetectedBox> Detect(RgbImage image, int upsample, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        cancellationToken.ThrowIfCancellationRequested();
        var (width, height) = ImageDoubling.SizeOf(image, upsample);
        var layout = new TiledPyramidLayout(width, height);
        if (MmodNetworkLayers.FeaturesOf(layout.Width) == 0 || MmodNetworkLayers.FeaturesOf(layout.Height) == 0)
        {
            return [];
        }

        var hits = new List<MmodHit>();
        using (var pyramid = new TiledPyramid(image, upsample, layout))
        {
            _network.Run(pyramid, hits, cancellationToken);
        }

        var candidates = hits.ConvertAll(hit => new DetectedBox(Box(layout, hit), hit.Score));
        return [.. _overlap.Suppress(candidates, face => face.Box, face => face.Score)
            .Select(face => face with { Box = ImageDoubling.Halve(face.Box, upsample) })];
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private FaceBox Box(TiledPyramidLayout layout, MmodHit hit) => layout.ToImage(
        (hit.Column * MmodNetworkLayers.Step) + FeatureMiddle,
        (hit.Row * MmodNetworkLayers.Step) + FeatureMiddle,
        _network.Settings.WindowWidth,
        _network.Settings.WindowHeight);
}
