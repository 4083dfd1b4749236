using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>How people are recognised, and where. The names are the configuration keys of the section <c>Frat</c>.</summary>
public sealed class FratOptions
{
    /// <summary>
    /// The largest distance between a probe and the nearest template at which the person counts as recognised. Null, the default, takes
    /// what the encoder recommends: 0.6 for dlib's, made for comparing two photos. The more people are enrolled, the more often a
    /// stranger is nearer than that to somebody: 0.5 is a better start for some hundreds of people.
    /// </summary>
    [Range(0.01, 2.0)]
    public float? MaxDistance { get; set; }

    /// <summary>
    /// How much farther away the second-nearest person has to be; a closer race is answered with
    /// <see cref="CheckInOutcome.Unsure"/>, on the scale of the distances. Default 0: the nearest person is taken, also where somebody was
    /// enrolled twice.
    /// </summary>
    [Range(0.0, 1.0)]
    public float Margin { get; set; }

    /// <summary>The shorter side of a face's box, in pixels, from which on a photo is good enough to enrol with. Default 64.</summary>
    [Range(20, 1000)]
    public int MinFaceSize { get; set; } = 64;

    /// <summary>
    /// The least <see cref="FaceQuality.Sharpness"/> of a photo to enrol with. Default 0.005, which refuses faces whose encoding has moved
    /// by about 0.3 and more because they are blurred; sharp ones are at 0.01 and above at any size. 0 takes all, as it does of encoders
    /// that don't judge a face.
    /// </summary>
    [Range(0.0, 10.0)]
    public float MinSharpness { get; set; } = 0.005f;

    /// <summary>
    /// How far the face may be turned aside (<see cref="FaceQuality.Yaw"/>) on a photo to enrol with, in degrees, to either side. Default
    /// 35; the estimate is 10 degrees off at times. 90 takes all.
    /// </summary>
    [Range(10.0, 90.0)]
    public float MaxTurn { get; set; } = 35;

    /// <summary>
    /// The least <see cref="FaceQuality.Brightness"/> of a photo to enrol with. Default 0.06: only what is nearly black, so that nobody is
    /// refused for their skin. 0 takes all.
    /// </summary>
    [Range(0.0, 1.0)]
    public float MinBrightness { get; set; } = 0.06f;

    /// <summary>
    /// The largest part of the face that may be black or white (<see cref="FaceQuality.Clipped"/>) on a photo to enrol with. Default 0.5; 1
    /// takes all.
    /// </summary>
    [Range(0.0, 1.0)]
    public float MaxClipped { get; set; } = 0.5f;

    /// <summary>
    /// The zone of the site by IANA id, such as <c>Europe/Berlin</c>: it decides which day a punch belongs to. Null, the default, takes the
    /// zone of the machine; a host whose machine doesn't say which zone it is in doesn't start then. The rules of the zones are those that
    /// FRAT carries, not the machine's.
    /// </summary>
    public string? TimeZone { get; set; }

    internal float MaxDistanceFor(FaceEncoderInfo encoder) => MaxDistance ?? encoder.RecommendedMaxDistance;
}
