using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>What a photo has to be to enroll with. The names are the configuration keys of the section <c>Frat:Enrollment</c>.</summary>
public sealed class EnrollmentOptions
{
    /// <summary>The shorter side of a face's box, in pixels, from which on a photo is good enough. Default 64.</summary>
    [Range(20, 1000)]
    public int MinFaceSize { get; set; } = 64;

    /// <summary>
    /// How many copies of each photo's face, a little moved, turned and scaled, its template is the mean of; 0, the default, for the face
    /// itself. Ten take ten times the time, and miss a few people less. It isn't done at the door, and only by an encoder that can
    /// (<see cref="FaceEncoderInfo.CanJitter"/>): dlib's.
    /// </summary>
    [Range(0, FaceEncodeOptions.MaxJitter)]
    public int Jitter { get; set; }

    /// <summary>
    /// The least <see cref="FaceQuality.Sharpness"/>. Default 0.005, which refuses faces whose encoding has moved by about 0.3 and more
    /// because they are blurred; sharp ones are at 0.01 and above at any size. 0 takes all, as it does of encoders that don't judge a face.
    /// </summary>
    [Range(0.0, 10.0)]
    public float MinSharpness { get; set; } = 0.005f;

    /// <summary>
    /// How far the face may be turned aside (<see cref="FaceQuality.Yaw"/>), in degrees, to either side. Default 35; the estimate is 10
    /// degrees off at times. 90 takes all.
    /// </summary>
    [Range(10.0, 90.0)]
    public float MaxTurn { get; set; } = 35;

    /// <summary>
    /// The least <see cref="FaceQuality.Brightness"/>. Default 0.06: only what is nearly black, so that nobody is refused for their skin. 0
    /// takes all.
    /// </summary>
    [Range(0.0, 1.0)]
    public float MinBrightness { get; set; } = 0.06f;

    /// <summary>
    /// The largest part of the face that may be black or white (<see cref="FaceQuality.Clipped"/>). Default 0.5; 1 takes all.
    /// </summary>
    [Range(0.0, 1.0)]
    public float MaxClipped { get; set; } = 0.5f;
}
