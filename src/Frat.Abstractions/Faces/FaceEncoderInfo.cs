namespace Frat;

/// <summary>How two encodings of an encoder are compared.</summary>
public enum DistanceMetric
{
    /// <summary><see cref="FaceEncoding.EuclideanDistance"/>.</summary>
    Euclidean,

    /// <summary><see cref="FaceEncoding.CosineDistance"/>.</summary>
    Cosine,
}

/// <summary>What an encoder is, and how its encodings are compared. Immutable.</summary>
/// <param name="Id">
/// Stored with each encoding; a change that makes old and new encodings incomparable needs a new id. 1 to 200 characters.
/// </param>
/// <param name="Dimension">How many values an encoding has.</param>
/// <param name="Metric">How two encodings are compared.</param>
/// <param name="RecommendedMaxDistance">The largest distance at which two encodings are taken for one person, 1:1.</param>
public sealed record FaceEncoderInfo(string Id, int Dimension, DistanceMetric Metric, float RecommendedMaxDistance)
{
    /// <summary>The distance of two encodings in the encoder's metric.</summary>
    /// <param name="first">An encoding.</param>
    /// <param name="second">Another, of the same encoder.</param>
    /// <returns>0 for equal encodings, larger for less alike ones.</returns>
    /// <exception cref="ArgumentException">The two were made by different encoders.</exception>
    public float Distance(FaceEncoding first, FaceEncoding second)
    {
        ArgumentNullException.ThrowIfNull(first);
        return Metric == DistanceMetric.Euclidean ? first.EuclideanDistance(second) : first.CosineDistance(second);
    }
}
