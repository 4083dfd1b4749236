namespace Frat;

/// <summary>Finds the faces of an image and encodes each of them.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Encoding is work for the CPU: an implementation runs a bounded number of
/// images at once, and a call waits for its turn without holding a thread.
/// </remarks>
public interface IFaceEncoder
{
    /// <summary>What the encoder is, known before any model is loaded.</summary>
    FaceEncoderInfo Info { get; }

    /// <summary>Finds and encodes all faces of an image.</summary>
    /// <param name="image">The image. Borrowed until the call completes.</param>
    /// <param name="options">How to look; null for the encoder's defaults.</param>
    /// <param name="cancellationToken">Cancels the call, while waiting or between the steps.</param>
    /// <returns>The faces, the surest first; empty when there is none.</returns>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    ValueTask<IReadOnlyList<Face>> EncodeAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds and judges the faces of an image, to be encoded by <see cref="EncodeFoundAsync"/>: so that of several images only what counts
    /// is encoded, and all of it at once. Check-ins go this way.
    /// </summary>
    /// <param name="image">The image. Borrowed until the call completes.</param>
    /// <param name="options">How to look; null for the encoder's defaults.</param>
    /// <param name="cancellationToken">Cancels the call, while waiting or between the steps.</param>
    /// <returns>The faces, the surest first; empty when there is none. The caller disposes them.</returns>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    /// <remarks>An encoder that doesn't have it encodes all faces right here.</remarks>
    async ValueTask<IReadOnlyList<FoundFace>> FindAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var faces = await EncodeAsync(image, options, cancellationToken).ConfigureAwait(false);
        return [.. faces.Select(face => new FoundFace
        {
            Box = face.Box, Score = face.Score, Landmarks = face.Landmarks, Quality = face.Quality, Encoding = face.Encoding,
        })];
    }

    /// <summary>Encodes faces that <see cref="FindAsync"/> found, of any images, in one run.</summary>
    /// <param name="faces">The faces. Borrowed until the call completes.</param>
    /// <param name="options">How; null for the encoder's defaults.</param>
    /// <param name="cancellationToken">Cancels the call, while waiting or between the steps.</param>
    /// <returns>
    /// An encoding for each face, in their order: that which <see cref="EncodeAsync"/> would have given, but for the last digits.
    /// </returns>
    /// <exception cref="ArgumentException">A face was found by another encoder.</exception>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    ValueTask<IReadOnlyList<FaceEncoding>> EncodeFoundAsync(
        IReadOnlyList<FoundFace> faces, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(faces);
        return new([.. faces.Select(face => face.Encoding
            ?? throw new ArgumentException("A face was found by another encoder, or isn't encoded.", nameof(faces)))]);
    }
}

/// <summary>How one call of <see cref="IFaceEncoder.EncodeAsync"/> looks for faces.</summary>
public sealed record FaceEncodeOptions
{
    /// <summary>The most that <see cref="Jitter"/> may be.</summary>
    public const int MaxJitter = 100;

    /// <summary>
    /// How small a face is to be found still: the side of its box in pixels, 1 and up. Null, the default, for
    /// <see cref="FaceEncoderInfo.SmallestFace"/>. Smaller ones cost time: with dlib's detectors four times as much for half the size, and
    /// a size between two steps is the smaller step. An encoder says how far down it goes, and may find smaller faces than it was asked
    /// for.
    /// </summary>
    public int? SmallestFace { get; init; }

    /// <summary>
    /// How many faces are encoded and returned at most, 1 and up: the largest ones, by the area of their boxes. Null, the default, for all.
    /// Encoding is what takes the time of a picture with many faces; anyone who needs to know only whether there are more than so many asks
    /// for one more than that. An encoder may ignore it.
    /// </summary>
    public int? MaxFaces { get; init; }

    /// <summary>
    /// Where the face was in the image before, in pixels, of a camera's frames that follow each other: only its surroundings are looked at,
    /// which takes a fraction of the time. Null, the default, for the whole image. An encoder may ignore it.
    /// </summary>
    public FaceBox? Around { get; init; }

    /// <summary>
    /// How many copies of a face, each a little moved, turned and scaled, are encoded and averaged instead of the face itself, 0 to
    /// <see cref="MaxJitter"/>.
    /// Default: 0, as the encoder's own options say. Time grows with the number: it is for enrolling, not for the door. Only an encoder
    /// whose <see cref="FaceEncoderInfo.CanJitter"/> says so follows it.
    /// </summary>
    public int Jitter { get; init; }

    /// <summary>
    /// Whether somebody stands and waits: the call then goes before calls that are not urgent, which still get a share of the turns.
    /// Default: false. An encoder may ignore it.
    /// </summary>
    public bool IsUrgent { get; init; }
}
