namespace Frat;

/// <summary>
/// A face that was found, cut out and judged, and is perhaps not encoded yet: what <see cref="IFaceEncoder.FindAsync"/> gives, so that
/// whoever looks at several images decides which faces to encode, and encodes them at once. The image is no longer needed for it.
/// </summary>
/// <remarks>Whoever gets one disposes it: that clears the picture of the face.</remarks>
public sealed class FoundFace : IDisposable
{
    /// <summary>Where the face is, in pixels of the image.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>How sure the detector is, on its own scale.</summary>
    public required float Score { get; init; }

    /// <summary>The landmarks, by which the face is aligned, in pixels of the image.</summary>
    public required FaceLandmarks Landmarks { get; init; }

    /// <summary>How well the face can be seen; null where the encoder doesn't say.</summary>
    public FaceQuality? Quality { get; init; }

    /// <summary>The face as the encoder will want it; null where it was encoded already. It belongs to this.</summary>
    public RgbImage? Chip { get; init; }

    /// <summary>The encoding, of an encoder that makes it as it finds the face; null of one that waits to be asked.</summary>
    public FaceEncoding? Encoding { get; init; }

    /// <summary>From the middle of one eye to that of the other, in pixels of the image.</summary>
    public float EyeDistance => Quality?.EyeDistance ?? Landmarks.EyeDistance;

    /// <summary>Clears the picture of the face.</summary>
    public void Dispose() => Chip?.Dispose();
}
