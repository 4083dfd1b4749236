using System.Numerics;

namespace Frat.Dlib;

/// <summary>x' = M11·x + M12·y + X and y' = M21·x + M22·y + Y, in double precision as dlib computes it.</summary>
internal readonly record struct AffineTransform(double M11, double M12, double M21, double M22, double X, double Y)
{
    /// <summary>
    /// The rotation, scale and translation that brings one set of points closest to another, by least squares. In the plane
    /// the solution of Umeyama, "Least-squares estimation of transformation parameters between two point patterns" (1991), has
    /// the closed form that is used here; it never mirrors.
    /// </summary>
    /// <param name="from">x and y of each point, one after another.</param>
    /// <param name="to">As many points.</param>
    public static AffineTransform SimilarityBetween<T>(ReadOnlySpan<T> from, ReadOnlySpan<T> to)
        where T : INumber<T>
    {
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

    public (double X, double Y) Apply(double x, double y) => ((M11 * x) + (M12 * y) + X, (M21 * x) + (M22 * y) + Y);
}
