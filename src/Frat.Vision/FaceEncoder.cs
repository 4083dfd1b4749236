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
        Info = embedder.Info with { SmallestFace = detector.SmallestFace, CanJitter = false };
    }

    /// <summary>The embedder's, with the detector's smallest face.</summary>
    public FaceEncoderInfo Info { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FaceEncodeOptions.MaxFaces"/> is below 1.</exception>
    public async ValueTask<IReadOnlyList<Face>> EncodeAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(image, options, cancellationToken).ConfigureAwait(false);
        try
        {
            var encodings = await EncodeFoundAsync(found, options, cancellationToken).ConfigureAwait(false);
            return [.. found.Select((face, i) => new Face
            {
                Box = face.Box, Score = face.Score, Landmarks = face.Landmarks, Encoding = encodings[i], Quality = face.Quality,
            })];
        }
        finally
        {
            Dispose(found);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FaceEncodeOptions.MaxFaces"/> is below 1.</exception>
    public async ValueTask<IReadOnlyList<FoundFace>> FindAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (options?.MaxFaces < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxFaces, "At least one face is asked for.");
        }

        // A detector may ignore how many are asked for; encoding is what takes the time of a crowd.
        var all = await _detector.DetectAsync(image, options, cancellationToken).ConfigureAwait(false);
        var detected = LargestFaces.Of(all, face => face.Box, options?.MaxFaces);
        var found = new List<FoundFace>(detected.Count);
        try
        {
            foreach (var face in detected)
            {
                cancellationToken.ThrowIfCancellationRequested();
                found.Add(face.CutOut(image, _embedder.ChipFormat));
            }

            return found;
        }
        catch
        {
            Dispose(found);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FaceEncoding>> EncodeFoundAsync(
        IReadOnlyList<FoundFace> faces, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(faces);
        return _embedder.EmbedAsync(FoundFaces.ChipsOf(faces), cancellationToken);
    }

    private static void Dispose(IReadOnlyList<FoundFace> faces)
    {
        foreach (var face in faces)
        {
            face.Dispose();
        }
    }
}
