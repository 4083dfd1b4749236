namespace Frat;

/// <summary>What of a person's templates a face is compared with.</summary>
public enum TemplateFusion
{
    /// <summary>
    /// Their mean, as long as the encoder takes them for one person (<see cref="FaceEncoderInfo.RecommendedMaxDistance"/>). Templates that
    /// are farther apart than that, such as with and without a beard, are means of their own, and the nearest counts.
    /// </summary>
    Clusters,

    /// <summary>The mean of all of them.</summary>
    Mean,

    /// <summary>Each of them; the nearest counts.</summary>
    Nearest,
}
