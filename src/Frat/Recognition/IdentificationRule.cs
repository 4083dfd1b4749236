using System.Globalization;
using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>When two faces are one person's: the one place that decides.</summary>
/// <remarks>
/// 1:N, the limit is what <see cref="RecognitionOptions.TargetFalsePositiveRate"/> asks for, at most the largest distance. 1:1, where it is
/// said who it should be, the largest distance alone decides: nobody has a choice among many.
/// </remarks>
internal sealed class IdentificationRule(IOptions<FratOptions> options, IFaceEncoder encoder)
{
    private readonly RecognitionOptions _options = options.Value.Recognition;

    private float MaxDistance => _options.MaxDistance ?? encoder.Info.RecommendedMaxDistance;

    /// <summary>Decides about the person whom a face is most like.</summary>
    public Decision Decide(GalleryScore score)
    {
        var (limit, outer) = (Math.Min(score.Limit, MaxDistance), Outer(score));
        var meaning = Meaning(score);
        if (!MayBe(score))
        {
            return new(
                IdentificationOutcome.Unknown, limit, Say($"The distance {score.Distance:0.000} is beyond {limit:0.000}, {meaning}."));
        }

        if (!(score.Distance <= limit))
        {
            var near = Say($"The distance {score.Distance:0.000} is beyond {limit:0.000}, {meaning}, but ");
            return new(IdentificationOutcome.Unsure, limit, near + Say($"within {outer:0.000}, where few strangers are."));
        }

        return score.Lead < _options.Margin && score.Distance + score.Lead <= limit
            ? new(IdentificationOutcome.Unsure, limit, Say($"Two people are about equally near: {Both(score)}."))
            : new(IdentificationOutcome.Recognized, limit, Say($"The distance {score.Distance:0.000} is within {limit:0.000}, {meaning}."));
    }

    /// <summary>Whether the face may be that person's: recognised, or unsure.</summary>
    public bool MayBe(GalleryScore score) => score.Distance <= Outer(score);

    /// <summary>Whether a probe at this distance from a template is taken for the same person, 1:1.</summary>
    public bool IsNear(float distance) => distance <= MaxDistance;

    /// <summary>Whether all encodings are taken for those of one person: each is near the first.</summary>
    public bool AreOne(IReadOnlyList<FaceEncoding> encodings) =>
        encodings.Skip(1).All(encoding => IsNear(encoder.Info.Distance(encodings[0], encoding)));

    private float Outer(GalleryScore score) => Math.Min(score.OuterLimit, MaxDistance);

    private string Meaning(GalleryScore score) => score.Limit >= MaxDistance ? "the largest distance" : score.Basis switch
    {
        LimitBasis.Few => Say($"the limit while fewer than {GalleryCalibrator.LeastPeople} people are enrolled"),
        _ => Say($"the limit of this face for {_options.TargetFalsePositiveRate:0.#####%} of strangers among {score.People} people"),
    };

    private static string Both(GalleryScore score) => Say($"{score.Distance:0.000} and {score.RunnerUpDistance:0.000}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What was decided, where the limit was, and why.</summary>
internal readonly record struct Decision(IdentificationOutcome Outcome, float Limit, string Reason);
