namespace Frat.Dlib;

/// <summary>A face that <see cref="DlibFaceEncoder.DetectAsync"/> found: where it is, but not whose. Immutable.</summary>
/// <remarks>One of another detector can be made by hand, to be encoded by
/// <see cref="DlibFaceEncoder.EncodeAsync(RgbImage, IReadOnlyList{DetectedFace}, CancellationToken)"/>.</remarks>
public sealed class DetectedFace
{
    /// <summary>Where the face is, in pixels of the image.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>How sure the detector is, on its own scale: for dlib's FHOG detector, the margin over its threshold (0 and up).</summary>
    public required float Score { get; init; }

    /// <summary>
    /// The points of dlib's 5-point predictor, in its order: right eye's outer and inner corner in the picture (the subject's left
    /// eye), left eye's outer and inner corner, base of the nose; or those of the predictor for 68 points. The face is aligned by them.
    /// </summary>
    public required IReadOnlyList<FacePoint> Landmarks { get; init; }
}
