namespace Frat.Vision;

/// <summary>A rectangle in an image, turned around its center. Its edges lie on the centers of its border pixels, as dlib's do.</summary>
/// <param name="Left">The left edge before it is turned, in pixels.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Bottom">The lower edge.</param>
/// <param name="Angle">How far it is turned, clockwise in the picture, in radians.</param>
public readonly record struct ImageRegion(double Left, double Top, double Right, double Bottom, double Angle)
{
    internal double Area => Right < Left || Bottom < Top ? 0 : (Right - Left + 1) * (Bottom - Top + 1);

    internal ImageRegion Translated(double x, double y) =>
        this with { Left = Left + x, Top = Top + y, Right = Right + x, Bottom = Bottom + y };

    // Where the rectangle is in the halved image. dlib's constants; they don't quite make up for the dropped border.
    internal ImageRegion Down()
    {
        var (x1, y1) = ((Left / 2) - 1.25, (Top / 2) - 0.75);
        var (x2, y2) = ((Right / 2) - 1.25, (Bottom / 2) - 0.75);
        return new ImageRegion(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2), Angle);
    }

    // The upright rectangle around this one.
    internal ImageRegion Bounds()
    {
        var (ax, ay) = Turn(Left, Top);
        var (bx, by) = Turn(Right, Top);
        var (cx, cy) = Turn(Left, Bottom);
        var (dx, dy) = Turn(Right, Bottom);
        return new ImageRegion(
            Math.Min(Math.Min(ax, bx), Math.Min(cx, dx)),
            Math.Min(Math.Min(ay, by), Math.Min(cy, dy)),
            Math.Max(Math.Max(ax, bx), Math.Max(cx, dx)),
            Math.Max(Math.Max(ay, by), Math.Max(cy, dy)),
            Angle: 0);
    }

    // From pixels of the chip to pixels of the image in which this rectangle lies.
    internal AffineTransform ToTransform(int size)
    {
        double last = size - 1;
        var (x, y) = Turn(Left, Top);
        var (rightX, rightY) = Turn(Right, Top);
        var (downX, downY) = Turn(Left, Bottom);
        return new AffineTransform((rightX - x) / last, (downX - x) / last, (rightY - y) / last, (downY - y) / last, x, y);
    }

    private (double X, double Y) Turn(double x, double y)
    {
        var (centerX, centerY) = ((Left + Right) / 2, (Top + Bottom) / 2);
        var (sin, cos) = Math.SinCos(Angle);
        x -= centerX;
        y -= centerY;
        return ((cos * x) - (sin * y) + centerX, (sin * x) + (cos * y) + centerY);
    }
}
