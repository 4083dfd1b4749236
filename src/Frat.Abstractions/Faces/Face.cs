namespace Frat;

/// <summary>One face of an image, with all that the encoder found out about it. Immutable.</summary>
public sealed class Face
{
    /// <summary>Where the face is.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>How sure the detector is, on its own scale: for dlib's FHOG detector, the margin over its threshold (0 and up).</summary>
    public required float Score { get; init; }

    /// <summary>The landmarks, by which it was aligned.</summary>
    public required FaceLandmarks Landmarks { get; init; }

    /// <summary>The encoding.</summary>
    public required FaceEncoding Encoding { get; init; }

    /// <summary>How well the face can be seen; null where the encoder doesn't say.</summary>
    public FaceQuality? Quality { get; init; }
}
