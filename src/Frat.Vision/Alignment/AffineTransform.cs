using System.Numerics;

namespace Frat.Vision;

/// <summary>x' = M11·x + M12·y + X and y' = M21·x + M22·y + Y, in double precision as dlib computes it.</summary>
/// <param name="M11">How x' grows with x.</param>
/// <param name="M12">How x' grows with y.</param>
/// <param name="M21">How y' grows with x.</param>
/// <param name="M22">How y' grows with y.</param>
/// <param name="X">What x' begins with.</param>
/// <param name="Y">What y' begins with.</param>
public readonly record struct AffineTransform(double M11, double M12, double M21, double M22, double X, double Y)
{
    /// <summary>
    /// The rotation, scale and translation that brings one set of points closest to another, by least squares. In the plane
    /// the solution of Umeyama, "Least-squares estimation of transformation parameters between two point patterns" (1991), has
    /// the closed form that is used here; it never mirrors.
    /// </summary>
    /// <typeparam name="T">The type of the numbers; it is computed in <see cref="double"/>.</typeparam>
    /// <param name="from">x and y of each point, one after another.</param>
    /// <param name="to">As many points.</param>
    /// <returns>The transform. Of points that all coincide, it only moves them.</returns>
    /// <exception cref="ArgumentException">There is no point, or not as many in both, or an x without a y.</exception>
    public static AffineTransform SimilarityBetween<T>(ReadOnlySpan<T> from, ReadOnlySpan<T> to)
        where T : INumber<T>
    {
        if (from.Length == 0 || from.Length % 2 != 0 || from.Length != to.Length)
        {
            throw new ArgumentException("Both sets have the same number of points, one at least.", nameof(to));
        }

        var count = from.Length / 2;
        double fromX = 0, fromY = 0, toX = 0, toY = 0;
        for (var i = 0; i < from.Length; i += 2)
        {
            fromX += double.CreateTruncating(from[i]);
            fromY += double.CreateTruncating(from[i + 1]);
            toX += double.CreateTruncating(to[i]);
            toY += double.CreateTruncating(to[i + 1]);
        }

        fromX /= count;
        fromY /= count;
        toX /= count;
        toY /= count;

        double spread = 0, dot = 0, cross = 0;
        for (var i = 0; i < from.Length; i += 2)
        {
            var (x, y) = (double.CreateTruncating(from[i]) - fromX, double.CreateTruncating(from[i + 1]) - fromY);
            var (u, v) = (double.CreateTruncating(to[i]) - toX, double.CreateTruncating(to[i + 1]) - toY);
            spread += (x * x) + (y * y);
            dot += (x * u) + (y * v);
            cross += (x * v) - (y * u);
        }

        // Points that all coincide can't be scaled or turned.
        var (a, b) = spread > 0 ? (dot / spread, cross / spread) : (1, 0);
        return new AffineTransform(a, -b, b, a, toX - ((a * fromX) - (b * fromY)), toY - ((b * fromX) + (a * fromY)));
    }

    /// <summary>Where a point comes to lie.</summary>
    /// <param name="x">The point's x.</param>
    /// <param name="y">The point's y.</param>
    /// <returns>x' and y'.</returns>
    public (double X, double Y) Apply(double x, double y) => ((M11 * x) + (M12 * y) + X, (M21 * x) + (M22 * y) + Y);
}
