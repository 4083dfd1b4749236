namespace Frat.Vision;

/// <summary>Of what a detector found, the largest: what a call gets that asks for so many faces at most.</summary>
public static class LargestFaces
{
    /// <summary>Picks them.</summary>
    /// <typeparam name="T">What has a box.</typeparam>
    /// <param name="faces">What was found, the surest first.</param>
    /// <param name="box">The box of one.</param>
    /// <param name="most">How many at most, 0 and up; null for all.</param>
    /// <returns>The largest by the area of their boxes, in the order in which they came; of one size, those that came first.</returns>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> faces, Func<T, FaceBox> box, int? most)
    {
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(box);
        return most is not { } count || faces.Count <= count
            ? faces
            : [.. Enumerable.Range(0, faces.Count).OrderByDescending(i => Area(box(faces[i]))).Take(count).Order().Select(i => faces[i])];
    }

    // Edges of a box may be anywhere: the sides are reckoned in 64 bits.
    private static double Area(FaceBox box) => (box.Right - (long)box.Left + 1.0) * (box.Bottom - (long)box.Top + 1);
}
