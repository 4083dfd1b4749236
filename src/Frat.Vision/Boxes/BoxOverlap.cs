namespace Frat.Vision;

/// <summary>
/// Says which boxes are of one face, as dlib's <c>test_box_overlap</c> does (image_processing/box_overlap_testing.h), and keeps the surest
/// of them: non-maximum suppression. Immutable and thread-safe.
/// </summary>
/// <param name="maxIntersectionOverUnion">
/// Two boxes with more in common are one face, 0 to 1. The box around both is taken for their union, as dlib does.
/// </param>
/// <param name="maxCovered">Two boxes are one face if more than this part of either is covered by the other, 0 to 1.</param>
public sealed class BoxOverlap(double maxIntersectionOverUnion, double maxCovered)
{
    /// <summary>Of boxes that overlap, the surest stays.</summary>
    /// <typeparam name="T">What has a box.</typeparam>
    /// <param name="candidates">What a detector found.</param>
    /// <param name="box">The box of one.</param>
    /// <param name="score">How sure the detector is of one.</param>
    /// <returns>Those that stay, the surest first; of the same score, in the order in which they came.</returns>
    public IReadOnlyList<T> Suppress<T>(IEnumerable<T> candidates, Func<T, FaceBox> box, Func<T, double> score)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(score);
        var kept = new List<T>();
        foreach (var candidate in candidates.OrderByDescending(score))
        {
            if (!kept.Exists(face => AreOne(box(face), box(candidate))))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    /// <summary>Whether two boxes are of one face.</summary>
    /// <param name="a">A box.</param>
    /// <param name="b">Another.</param>
    /// <returns>True where they overlap too much to be two faces.</returns>
    public bool AreOne(FaceBox a, FaceBox b)
    {
        var common = Area(Math.Max(a.Left, b.Left), Math.Max(a.Top, b.Top), Math.Min(a.Right, b.Right), Math.Min(a.Bottom, b.Bottom));
        if (common == 0)
        {
            return false;
        }

        var around = Area(Math.Min(a.Left, b.Left), Math.Min(a.Top, b.Top), Math.Max(a.Right, b.Right), Math.Max(a.Bottom, b.Bottom));
        return common / around > maxIntersectionOverUnion
            || common / Area(a.Left, a.Top, a.Right, a.Bottom) > maxCovered
            || common / Area(b.Left, b.Top, b.Right, b.Bottom) > maxCovered;
    }

    private static double Area(int left, int top, int right, int bottom) =>
        left > right || top > bottom ? 0 : (right - left + 1.0) * (bottom - top + 1.0);
}
