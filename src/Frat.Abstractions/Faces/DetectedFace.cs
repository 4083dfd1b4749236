namespace Frat;

/// <summary>A face that a detector found: where it is, but not whose. Immutable.</summary>
public sealed class DetectedFace
{
    /// <summary>Where the face is, in pixels of the image.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>How sure the detector is, on its own scale: for dlib's FHOG detector, the margin over its threshold (0 and up).</summary>
    public required float Score { get; init; }

    /// <summary>The landmarks, by which the face is aligned.</summary>
    public required FaceLandmarks Landmarks { get; init; }
}
