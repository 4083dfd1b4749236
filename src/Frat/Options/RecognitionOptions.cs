using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>How a face at the door becomes a person. The names are the configuration keys of the section <c>Frat:Recognition</c>.</summary>
public sealed class RecognitionOptions
{
    /// <summary>
    /// Which share of strangers may be taken for somebody. Default: 0.001, one in a thousand. The limit follows from it and from how alike
    /// the enrolled people are, and moves with them; <see cref="MaxDistance"/> is an upper bound. With fewer than 30 people the limit is a
    /// fixed one, whatever the rate. 0: <see cref="MaxDistance"/> alone is the limit, however many people there are.
    /// </summary>
    [Range(0.0, 0.2)]
    public double TargetFalsePositiveRate { get; set; } = 0.001;

    /// <summary>
    /// The largest distance between a face and a person at which the person counts as recognized, and at which two photos are taken for
    /// one person's, 1:1. Null, the default, takes what the encoder recommends: 0.6 for dlib's, made for comparing two photos. Where
    /// <see cref="TargetFalsePositiveRate"/> is 0, it is the whole rule, as in dlib's examples: the more people are enrolled, the more
    /// often a stranger is nearer than that to somebody.
    /// </summary>
    [Range(0.01, 2.0)]
    public float? MaxDistance { get; set; }

    /// <summary>
    /// How much farther away the next person has to be, on the scale of the distances, where both are within the limit; a closer race is
    /// answered with <see cref="IdentificationOutcome.Unsure"/>. Default: 0.02, so that twins, and who was enrolled twice, are asked. 0:
    /// the nearest person is taken.
    /// </summary>
    [Range(0.0, 1.0)]
    public float Margin { get; set; } = 0.02f;

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
