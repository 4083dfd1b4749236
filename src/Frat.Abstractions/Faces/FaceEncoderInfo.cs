using System.Globalization;

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
    /// <summary>The <see cref="Way"/> of an encoding of the face as it is.</summary>
    public const string PlainWay = "plain";

    /// <summary>The <see cref="Way"/> of the mean of the face's encoding and of its mirror image's.</summary>
    public const string MirroredWay = "mirrored";

    /// <summary>The longest <see cref="Way"/>.</summary>
    public const int MaxWayLength = 40;

    /// <summary>The longest <see cref="Id"/>, in UTF-16 code units.</summary>
    public const int MaxIdLength = 200;

    /// <summary>
    /// Stored with each encoding; a change that makes old and new encodings incomparable needs a new id. 1 to 200 characters.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>
    /// How encodings are made, where one encoder does it in several ways whose encodings can be compared, such as
    /// <see cref="PlainWay"/> and <see cref="MirroredWay"/>. It is stored with each template, so that those made in an older way are told
    /// apart. 1 to <see cref="MaxWayLength"/> ASCII letters, digits and the signs <c>+-_.</c>; null, the default, where there is one way.
    /// </summary>
    public string? Way { get; init; }

    /// <summary>Whether it follows <see cref="FaceEncodeOptions.Jitter"/>. Default: false.</summary>
    public bool CanJitter { get; init; }

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

    /// <summary>The way of encodings that are made with so many moved copies of each face.</summary>
    /// <param name="jitter">See <see cref="FaceEncodeOptions.Jitter"/>.</param>
    /// <returns><see cref="Way"/>, and behind a plus what the copies add, such as <c>mirrored+jitter10</c>.</returns>
    public string? WayOf(int jitter) => jitter > 0 && CanJitter
        ? string.Create(CultureInfo.InvariantCulture, $"{Way ?? PlainWay}+jitter{jitter}")
        : Way;

    /// <summary>Whether a text can be a <see cref="Way"/>.</summary>
    internal static bool IsWay(string way) => way.Length is > 0 and <= MaxWayLength
        && way.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '+' or '-' or '_' or '.');

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
