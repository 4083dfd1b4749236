namespace Frat;

/// <summary>Points of a face, in pixels of the image. Immutable.</summary>
public sealed class FaceLandmarks
{
    /// <summary>Creates the landmarks.</summary>
    /// <param name="scheme">Which points they are.</param>
    /// <param name="points">The points, in the scheme's order; copied. They may lie outside of the image.</param>
    /// <exception cref="ArgumentException">They are not as many as the scheme has, or one of them is no finite number.</exception>
    public FaceLandmarks(LandmarkScheme scheme, IReadOnlyList<FacePoint> points)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count != scheme.Count)
        {
            throw new ArgumentException($"The scheme '{scheme}' has {scheme.Count} points, not {points.Count}.", nameof(points));
        }

        if (!points.All(point => float.IsFinite(point.X) && float.IsFinite(point.Y)))
        {
            throw new ArgumentException("Each landmark has finite numbers.", nameof(points));
        }

        Scheme = scheme;
        Points = [.. points];
    }

    /// <summary>Which points they are.</summary>
    public LandmarkScheme Scheme { get; }

    /// <summary>The points, in the scheme's order.</summary>
    public IReadOnlyList<FacePoint> Points { get; }

    /// <summary>From the middle of one eye to that of the other, in pixels of the image.</summary>
    public float EyeDistance
    {
        get
        {
            var (left, right) = (Middle(Scheme.LeftEye), Middle(Scheme.RightEye));
            return MathF.Sqrt(((right.X - left.X) * (right.X - left.X)) + ((right.Y - left.Y) * (right.Y - left.Y)));
        }
    }

    private FacePoint Middle(IReadOnlyList<int> numbers) =>
        new(numbers.Average(number => Points[number].X), numbers.Average(number => Points[number].Y));
}
