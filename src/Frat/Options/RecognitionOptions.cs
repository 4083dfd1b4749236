using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>How a face at the door becomes a person. The names are the configuration keys of the section <c>Frat:Recognition</c>.</summary>
public sealed class RecognitionOptions
{
    /// <summary>
    /// The largest distance between a probe and the nearest template at which the person counts as recognized. Null, the default, takes
    /// what the encoder recommends: 0.6 for dlib's, made for comparing two photos. The more people are enrolled, the more often a
    /// stranger is nearer than that to somebody: 0.5 is a better start for some hundreds of people.
    /// </summary>
    [Range(0.01, 2.0)]
    public float? MaxDistance { get; set; }

    /// <summary>
    /// How much farther away the second-nearest person has to be; a closer race is answered with
    /// <see cref="IdentificationOutcome.Unsure"/>, on the scale of the distances. Default 0: the nearest person is taken, also where
    /// somebody was enrolled twice.
    /// </summary>
    [Range(0.0, 1.0)]
    public float Margin { get; set; }

    /// <summary>What of a person's templates a face is compared with. Default: <see cref="TemplateFusion.Clusters"/>.</summary>
    [EnumDataType(typeof(TemplateFusion))]
    public TemplateFusion Templates { get; set; }

    /// <summary>
    /// How near somebody has to be to be recognised; a face that is farther away is answered with
    /// <see cref="IdentificationOutcome.TooFar"/>, and isn't counted as a second one. Default: <see cref="CheckInDistance.Any"/>, so that
    /// photos of all kinds will do; for a camera that watches a door, <see cref="CheckInDistance.Middle"/> is a good start. It doesn't
    /// count for enrolment, which has <see cref="EnrollmentOptions.MinFaceSize"/>.
    /// </summary>
    [EnumDataType(typeof(CheckInDistance))]
    public CheckInDistance Distance { get; set; }

    /// <summary>
    /// How many images are worked on at once, each from decoding to encoding, check-ins and enrollments together; further ones wait,
    /// check-ins first. Default: the number of processors. It is the one gate of the engine: what a decoder or an encoder allows by itself
    /// counts where a program uses it alone, and here only if it is less.
    /// </summary>
    [Range(1, 1024)]
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;
}
