namespace Frat;

/// <summary>
/// How well a face can be seen. Estimates for a decision whether a photo will do, and for advice on how to take a better one. Immutable.
/// </summary>
public sealed record FaceQuality
{
    /// <summary>
    /// From the middle of one eye to that of the other, in pixels of the image. Below about 30, there is little to tell people apart by.
    /// </summary>
    public required float EyeDistance { get; init; }

    /// <summary>
    /// How much fine detail the aligned face has: the mean square of its Laplacian over its variance, 0 and up. It falls when the face
    /// is out of focus, moved, or small in the image. Compare it between photos of one size; grain counts as detail.
    /// </summary>
    public required float Sharpness { get; init; }

    /// <summary>The mean luma of the aligned face, 0 (black) to 1 (white). It depends on the light, and on the skin as well.</summary>
    public required float Brightness { get; init; }

    /// <summary>The standard deviation of the luma, 0 to 0.5.</summary>
    public required float Contrast { get; init; }

    /// <summary>
    /// The part of the aligned face that is nearly black or nearly white, 0 to 1: lost to shadow or to glare, or outside of the image.
    /// </summary>
    public required float Clipped { get; init; }

    /// <summary>How far the head is tilted, in degrees: positive where the eye at the right of the picture is lower.</summary>
    public required float Roll { get; init; }

    /// <summary>
    /// About how far the head is turned, in degrees: positive where the nose points to the right of the picture. From where the nose lies
    /// between the eyes; 10 degrees off are usual with five landmarks.
    /// </summary>
    public required float Yaw { get; init; }

    /// <summary>
    /// About how far the head nods, in degrees: positive where it looks down. From how far the nose lies below the eyes, in which people
    /// differ as well: 20 degrees off are usual, and −90 or 90 only says that it is far.
    /// </summary>
    public required float Pitch { get; init; }
}
