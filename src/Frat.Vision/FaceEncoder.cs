namespace Frat.Vision;

/// <summary>An encoder out of two halves: one finds faces, the other encodes them; in between they are cut out and judged.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. The halves bound how much is worked on at once, each for itself. Both are borrowed:
/// their owner disposes them.
/// </remarks>
public sealed class FaceEncoder : IFaceEncoder
{
    private readonly IFaceDetector _detector;
    private readonly IFaceEmbedder _embedder;

    /// <summary>Puts an encoder together.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="embedder">Encodes them.</param>
    /// <exception cref="ArgumentException">The embedder's chips can't be aligned by the landmarks that the detector finds.</exception>
    public FaceEncoder(IFaceDetector detector, IFaceEmbedder embedder)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(embedder);
        if (embedder.ChipFormat.Find(detector.Landmarks) is null)
        {
            throw new ArgumentException(
                $"The detector finds landmarks of the scheme '{detector.Landmarks}'; '{embedder.Info.Id}' has no mean face of it.",
                nameof(embedder));
        }

        _detector = detector;
        _embedder = embedder;
        Info = embedder.Info with { SmallestFace = detector.SmallestFace };
    }

    /// <summary>The embedder's, with the detector's smallest face.</summary>
    public FaceEncoderInfo Info { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FaceEncodeOptions.MaxFaces"/> is below 1.</exception>
    public async ValueTask<IReadOnlyList<Face>> EncodeAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (options?.MaxFaces < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxFaces, "At least one face is asked for.");
        }

        // A detector may ignore how many are asked for; encoding is what takes the time of a crowd.
        var found = Largest(await _detector.DetectAsync(image, options, cancellationToken).ConfigureAwait(false), options?.MaxFaces);
        var chips = new List<RgbImage>(found.Count);
        try
        {
            var format = _embedder.ChipFormat;
            foreach (var face in found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                chips.Add(FaceAligner.Cut(image, face.Landmarks, format));
            }

            var encodings = await _embedder.EmbedAsync(chips, cancellationToken).ConfigureAwait(false);
            return [.. found.Select((face, i) => new Face
            {
                Box = face.Box,
                Score = face.Score,
                Landmarks = face.Landmarks,
                Encoding = encodings[i],
                Quality = ChipQuality.Of(chips[i].Pixels, format, face.Landmarks),
            })];
        }
        finally
        {
            chips.ForEach(chip => chip.Dispose());
        }
    }

    // In the order in which they were found, the surest first.
    private static IReadOnlyList<DetectedFace> Largest(IReadOnlyList<DetectedFace> faces, int? most)
    {
        if (most is not { } count || faces.Count <= count)
        {
            return faces;
        }

        var largest = faces.Index().OrderByDescending(face => Area(face.Item.Box)).Take(count);
        return [.. largest.OrderBy(face => face.Index).Select(face => face.Item)];
    }

    private static long Area(FaceBox box) => (box.Right - (long)box.Left + 1) * (box.Bottom - (long)box.Top + 1);
}
