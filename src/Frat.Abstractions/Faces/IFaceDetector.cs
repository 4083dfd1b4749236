namespace Frat;

/// <summary>Finds the faces of an image and their landmarks: the first half of an <see cref="IFaceEncoder"/>.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. An implementation runs a bounded number of images at once, and a call waits for its turn
/// without holding a thread.
/// </remarks>
public interface IFaceDetector
{
    /// <summary>Which landmarks it finds, known before any model is loaded.</summary>
    LandmarkScheme Landmarks { get; }

    /// <summary>
    /// The smallest face that it finds by default: the side of its box in pixels, about; 0 where that isn't known. See
    /// <see cref="FaceEncodeOptions.SmallestFace"/>.
    /// </summary>
    int SmallestFace { get; }

    /// <summary>Finds all faces of an image.</summary>
    /// <param name="image">The image. Borrowed until the call completes.</param>
    /// <param name="options">How to look; null for the detector's defaults.</param>
    /// <param name="cancellationToken">Ends the call, while it waits or between two steps.</param>
    /// <returns>The faces, the surest first; empty when there is none. Their landmarks are of the scheme <see cref="Landmarks"/>.</returns>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    ValueTask<IReadOnlyList<DetectedFace>> DetectAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default);
}
