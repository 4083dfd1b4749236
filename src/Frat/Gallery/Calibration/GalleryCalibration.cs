namespace Frat;

/// <summary>Where a gallery's limit is. Immutable.</summary>
internal sealed record GalleryCalibration
{
    /// <summary>How many people were enrolled when it was found.</summary>
    public required int People { get; init; }

    /// <summary>
    /// The score that the share of strangers that is asked for reaches (<see cref="ScaledMatch.Score"/>); null where there are too few
    /// people to tell, and the rule for small galleries counts.
    /// </summary>
    public required double? Limit { get; init; }

    /// <summary>The same for <see cref="GalleryCalibrator.Unsure"/> times that share.</summary>
    public required double? OuterLimit { get; init; }
}
