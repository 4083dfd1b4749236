namespace Frat;

/// <summary>One fold of a comparison 1:1. Immutable.</summary>
public sealed record VerificationFold
{
    /// <summary>How many pairs it has.</summary>
    public required int Pairs { get; init; }

    /// <summary>The distance that told most pairs of all other folds rightly.</summary>
    public required float Threshold { get; init; }

    /// <summary>The share of this fold's pairs that it told rightly.</summary>
    public required double Accuracy { get; init; }
}

/// <summary>A point of the curve of errors 1:1.</summary>
public readonly record struct VerificationPoint
{
    /// <summary>The largest distance at which two photos are taken for one person's.</summary>
    public required float Threshold { get; init; }

    /// <summary>The false match rate: the share of pairs of two people that are.</summary>
    public required double Fmr { get; init; }

    /// <summary>The false non-match rate: the share of pairs of one person that aren't.</summary>
    public required double Fnmr { get; init; }
}

/// <summary>How well an encoder tells 1:1 whether two photos are of one person. Immutable.</summary>
public sealed record VerificationEvaluation
{
    /// <summary>
    /// The mean over the folds of <see cref="VerificationFold.Accuracy"/>, as the benchmark Labeled Faces in the Wild has it: each fold is
    /// judged by a threshold that was chosen without it.
    /// </summary>
    public required double Accuracy { get; init; }

    /// <summary>The standard error of the mean.</summary>
    public required double StandardError { get; init; }

    /// <summary>The folds.</summary>
    public required IReadOnlyList<VerificationFold> Folds { get; init; }

    /// <summary>How many pairs of one person's photos the curve is made of: all that there are.</summary>
    public required long GenuinePairs { get; init; }

    /// <summary>How many pairs of two people's photos: all that there are.</summary>
    public required long ImpostorPairs { get; init; }

    /// <summary>
    /// The false non-match rate at the threshold at which the false match rate is the key. The interval is over people, with the threshold
    /// as it is.
    /// </summary>
    public required IReadOnlyDictionary<double, ErrorRate> FnmrAtFmr { get; init; }

    /// <summary>The false match rate at the encoder's own threshold, <see cref="FaceEncoderInfo.RecommendedMaxDistance"/>.</summary>
    public required double FmrAtRecommended { get; init; }

    /// <summary>The false non-match rate at that threshold.</summary>
    public required double FnmrAtRecommended { get; init; }

    /// <summary>The curve of both errors (ROC, DET), from the smallest distance to the largest.</summary>
    public required IReadOnlyList<VerificationPoint> Curve { get; init; }

    /// <summary>The same for each group with itself, where the set tells groups apart; empty otherwise.</summary>
    public required IReadOnlyList<GroupVerification> Groups { get; init; }
}

/// <summary>What comparisons 1:1 within one group come to, at the encoder's own threshold. Immutable.</summary>
public sealed record GroupVerification
{
    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>How many people it has.</summary>
    public required int People { get; init; }

    /// <summary>The share of pairs of two people of the group that are taken for one; NaN where there is none.</summary>
    public required double Fmr { get; init; }

    /// <summary>The share of pairs of one person that are taken for two; NaN where there is none.</summary>
    public required double Fnmr { get; init; }
}
