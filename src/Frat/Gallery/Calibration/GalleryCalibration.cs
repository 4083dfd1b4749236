namespace Frat;

/// <summary>Where a gallery's limit is. Immutable.</summary>
internal sealed record GalleryCalibration
{
    /// <summary>How many people were enrolled when it was found.</summary>
    public required int People { get; init; }

    /// <summary>What it stands on.</summary>
    public required CalibrationBasis Basis { get; init; }

    /// <summary>What the share of strangers that is asked for reaches: a distance, or a score where distances are normalised.</summary>
    public required double Limit { get; init; }

    /// <summary>The same for <see cref="GalleryCalibrator.Unsure"/> times that share.</summary>
    public required double OuterLimit { get; init; }
}

/// <summary>What a limit stands on.</summary>
internal enum CalibrationBasis
{
    /// <summary>What is known of the encoder: there are too few people.</summary>
    Encoder,

    /// <summary>The distances of the enrolled people from one another.</summary>
    Distances,

    /// <summary>The same, normalised by what is common around each face.</summary>
    Normalised,
}
