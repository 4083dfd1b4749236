namespace Frat.Dlib;

/// <summary>
/// Says which boxes are of one face, as dlib's <c>test_box_overlap</c> does (image_processing/box_overlap_testing.h), and keeps the surest
/// of them. Immutable.
/// </summary>
/// <param name="maxIntersectionOverUnion">
/// Two boxes with more in common are one face; dlib takes the box around both for their union.
/// </param>
/// <param name="maxCovered">Two boxes are one face if more than this part of either is covered by the other.</param>
internal sealed class OverlapTest(double maxIntersectionOverUnion, double maxCovered)
{
    /// <summary>Of boxes that overlap, the surest stays.</summary>
    /// <returns>The boxes that stay, the surest first.</returns>
    public List<DetectedBox> Suppress(List<DetectedBox> candidates)
    {
        var kept = new List<DetectedBox>();
        foreach (var candidate in candidates.OrderByDescending(candidate => candidate.Score))
        {
            if (!kept.Exists(face => AreOne(face.Box, candidate.Box)))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    private bool AreOne(FaceBox a, FaceBox b)
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
