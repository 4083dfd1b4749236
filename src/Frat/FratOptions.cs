using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>How people are recognised, and where. The names are the configuration keys of the section <c>Frat</c>.</summary>
public sealed class FratOptions
{
    /// <summary>
    /// The largest distance between a probe and the nearest template at which the person counts as recognised. Null, the default, takes what
    /// the encoder recommends: 0.6 for dlib's, made for comparing two photos. The more people are enrolled, the more often a
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
    /// The zone of the site by IANA id, such as <c>Europe/Berlin</c>: it decides which day a punch belongs to. Null, the default, takes the zone
    /// of the machine.
    /// </summary>
    public string? TimeZone { get; set; }

    internal float MaxDistanceFor(FaceEncoderInfo encoder) => MaxDistance ?? encoder.RecommendedMaxDistance;
}
