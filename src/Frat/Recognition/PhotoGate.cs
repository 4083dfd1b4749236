namespace Frat;

/// <summary>
/// Decides whether a photo is good enough to enrol with, and which frames of a check-in are poor beside the others.
/// </summary>
internal static class PhotoGate
{
    // Of a face that is clipped: lost to shadow below, to glare above.
    private const float Middle = 0.5f;

    /// <param name="faces">The faces that were found on it.</param>
    /// <param name="options">What is asked of it.</param>
    public static PhotoVerdict Judge(IReadOnlyList<Face> faces, EnrollmentOptions options) => faces switch
    {
        [] => PhotoVerdict.NoFace,
        [_, _, ..] => PhotoVerdict.SeveralFaces,
        [{ Box: var box }] when Math.Min(box.Width, box.Height) < options.MinFaceSize => PhotoVerdict.FaceTooSmall,
        [{ Quality: { } quality }] => Judge(quality, options),
        _ => PhotoVerdict.Good,
    };

    /// <summary>Whether a face of a frame is as good as one to enrol with, but for its size, which is decided before.</summary>
    public static bool IsGood(FaceQuality? quality, EnrollmentOptions options) =>
        quality is null || Judge(quality, options) == PhotoVerdict.Good;

    // Light first: a face that is lost in the dark or in glare looks turned or blurred as well.
    private static PhotoVerdict Judge(FaceQuality quality, EnrollmentOptions options) => quality switch
    {
        _ when quality.Brightness < options.MinBrightness => PhotoVerdict.TooDark,
        _ when quality.Clipped > options.MaxClipped => quality.Brightness < Middle ? PhotoVerdict.TooDark : PhotoVerdict.TooBright,
        _ when Math.Abs(quality.Yaw) > options.MaxTurn => PhotoVerdict.Turned,
        _ when quality.Sharpness < options.MinSharpness => PhotoVerdict.Blurred,
        _ => PhotoVerdict.Good,
    };
}
