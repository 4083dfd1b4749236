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
}

/// <summary>How one call of <see cref="IFaceEncoder.EncodeAsync"/> looks for faces.</summary>
public sealed record FaceEncodeOptions
{
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
    /// Whether somebody stands and waits: the call then goes before calls that are not urgent, which still get a share of the turns.
    /// Default: false. An encoder may ignore it.
    /// </summary>
    public bool IsUrgent { get; init; }
}
