using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>When two faces are one person's: the one place that knows the threshold.</summary>
internal sealed class IdentificationRule(IOptions<FratOptions> options, IFaceEncoder encoder)
{
    private readonly RecognitionOptions _options = options.Value.Recognition;

    private float MaxDistance => _options.MaxDistance ?? encoder.Info.RecommendedMaxDistance;

    /// <summary>Decides about the nearest person to a probe.</summary>
    public IdentificationOutcome Decide(GalleryMatch match) =>
        !IsNear(match.Distance) ? IdentificationOutcome.Unknown
        : match.RunnerUpDistance - match.Distance < _options.Margin ? IdentificationOutcome.Unsure
        : IdentificationOutcome.Recognized;

    /// <summary>Whether a probe at this distance from a template is taken for the same person.</summary>
    public bool IsNear(float distance) => distance <= MaxDistance;

    /// <summary>Whether all encodings are taken for those of one person: each is near the first.</summary>
    public bool AreOne(IReadOnlyList<FaceEncoding> encodings) =>
        encodings.Skip(1).All(encoding => IsNear(encoder.Info.Distance(encodings[0], encoding)));
}
