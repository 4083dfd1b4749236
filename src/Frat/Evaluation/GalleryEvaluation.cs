namespace Frat;

/// <summary>What a site's own gallery promises. Immutable.</summary>
public sealed record GalleryEvaluation
{
    /// <summary>How many people are enrolled with templates of the encoder.</summary>
    public required int People { get; init; }

    /// <summary>How many templates they have.</summary>
    public required int Templates { get; init; }

    /// <summary>The share of strangers that may be taken for somebody: <see cref="RecognitionOptions.TargetFalsePositiveRate"/>.</summary>
    public required double TargetFalsePositiveRate { get; init; }

    /// <summary>
    /// Whether the limit follows from the people themselves. If not, there are too few, or no rate is asked for, and the limit is a fixed
    /// one.
    /// </summary>
    public required bool IsCalibrated { get; init; }

    /// <summary>
    /// The distance within which the people's own photos would be recognised, in the middle: each face has its own. NaN where nobody has
    /// two templates.
    /// </summary>
    public required float MedianLimit { get; init; }

    /// <summary>How many people have several templates, so that one could be held back and looked for.</summary>
    public required int Probes { get; init; }

    /// <summary>
    /// The share of those that would not be recognised as that person. Photos that were taken on one day promise too much: a face at the
    /// door is not from that day.
    /// </summary>
    public required ErrorRate Fnir { get; init; }

    /// <summary>
    /// People who are too alike: a template of one would be taken for the other, were the first not enrolled. By employee IDs, the most
    /// alike first, 50 at most.
    /// </summary>
    public required IReadOnlyList<AlikePeople> Alike { get; init; }
}
