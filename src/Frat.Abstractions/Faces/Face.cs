namespace Frat;

/// <summary>One face of an image, with all that the encoder found out about it. Immutable.</summary>
public sealed class Face
{
    /// <summary>Where the face is.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>How sure the detector is, on its own scale: for dlib's FHOG detector, the margin over its threshold (0 and up).</summary>
    public required float Score { get; init; }

    /// <summary>
    /// The landmarks in the encoder's own order. For dlib's 5-point predictor: right eye's outer and inner corner in the picture
    /// (the subject's left eye), left eye's outer and inner corner, base of the nose.
    /// </summary>
    public required IReadOnlyList<FacePoint> Landmarks { get; init; }

    /// <summary>The encoding.</summary>
    public required FaceEncoding Encoding { get; init; }

    /// <summary>How well the face can be seen; null where the encoder doesn't say.</summary>
    public FaceQuality? Quality { get; init; }
}
