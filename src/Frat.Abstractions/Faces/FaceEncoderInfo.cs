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
public sealed record FaceEncoderInfo
{
    /// <summary>The longest <see cref="Id"/>, in UTF-16 code units.</summary>
    public const int MaxIdLength = 200;

    /// <summary>
    /// Stored with each encoding; a change that makes old and new encodings incomparable needs a new id. 1 to 200 characters.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>How many values an encoding has.</summary>
    public required int Dimension { get; init; }

    /// <summary>How two encodings are compared. Default: Euclidean.</summary>
    public DistanceMetric Metric { get; init; }

    /// <summary>The largest distance at which two encodings are taken for one person, 1:1.</summary>
    public required float RecommendedMaxDistance { get; init; }

    /// <summary>
    /// The smallest face that is found by default: the side of its box in pixels, about. 0, the default, where that isn't known: then
    /// nobody looks closer by asking for smaller ones.
    /// </summary>
    public int SmallestFace { get; init; }

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

    /// <summary>The distances of an encoding to many others.</summary>
    /// <param name="probe">The encoding.</param>
    /// <param name="others">The others, of the same encoder.</param>
    /// <returns>A distance for each of <paramref name="others"/>, in their order.</returns>
    /// <exception cref="ArgumentException">One of them was made by a different encoder.</exception>
    public float[] Distances(FaceEncoding probe, IReadOnlyList<FaceEncoding> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var distances = new float[others.Count];
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = Distance(probe, others[i]);
        }

        return distances;
    }

    /// <summary>Whether two encodings are taken for one person, 1:1.</summary>
    /// <param name="first">An encoding.</param>
    /// <param name="second">Another, of the same encoder.</param>
    /// <param name="maxDistance">The largest distance; null for <see cref="RecommendedMaxDistance"/>.</param>
    /// <returns>True when their distance is at most that.</returns>
    /// <exception cref="ArgumentException">The two were made by different encoders.</exception>
    public bool IsMatch(FaceEncoding first, FaceEncoding second, float? maxDistance = null) =>
        Distance(first, second) <= (maxDistance ?? RecommendedMaxDistance);
}
