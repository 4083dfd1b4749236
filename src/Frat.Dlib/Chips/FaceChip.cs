namespace Frat.Dlib;

/// <summary>
/// Cuts an upright face of 150×150 pixels out of an image, as dlib's get_face_chip_details(shape, 150, 0.25) and
/// extract_image_chip do (dlib/image_transforms/interpolation.h): the landmarks are brought onto dlib's mean face, and the
/// pixels are sampled bilinearly, from a halved image where the face is larger than the chip.
/// </summary>
internal static class FaceChip
{
    /// <summary>Width and height in pixels.</summary>
    public const int Size = 150;

    /// <summary>Bytes of a chip: interleaved RGB.</summary>
    public const int Bytes = Size * Size * RgbImage.BytesPerPixel;

    /// <summary>How many landmarks are needed.</summary>
    public const int Landmarks = 5;

    private const double Padding = 0.25;

    // dlib's mean face for five points, x and y in a unit square around the face.
    private static readonly double[] MeanFace =
    [
        0.8595674595992, 0.2134981538014,
        0.6460604764104, 0.2289674387677,
        0.1205750620789, 0.2137274526848,
        0.3340850613712, 0.2290642403242,
        0.4901123135679, 0.6277975316475,
    ];

    /// <summary>Cuts out the chip of a face.</summary>
    /// <param name="image">The image; borrowed.</param>
    /// <param name="landmarks">The five landmarks.</param>
    /// <param name="chip"><see cref="Bytes"/> bytes to be filled; what lies outside of the image becomes black.</param>
    public static void Extract(RgbImage image, ReadOnlySpan<FacePoint> landmarks, Span<byte> chip)
    {
        var (region, angle) = Locate(landmarks);
        var depth = 0;
        var grow = 2.0;
        for (var rect = region.Down(); rect.Area > Size * Size; rect = rect.Down())
        {
            depth++;
            // Twice the border for each level, and two pixels that its filter needs.
            grow = (grow * 2) + 2;
        }

        var (left, top, width, height) = Crop(image, region.Turned(angle), grow);
        var source = new PixelView(image).Crop(left, top, width, height);
        region = region.Translated(-left, -top);

        RgbImage? level = null;
        try
        {
            for (var i = 0; i < depth; i++)
            {
                var next = HalfPyramid.Down(level is null ? source : new PixelView(level));
                level?.Dispose();
                level = next;
                region = region.Down();
                if (next is null)
                {
                    source = default;
                    break;
                }
            }

            Sample(level is null ? source : new PixelView(level), region.ToTransform(angle), chip);
        }
        finally
        {
            level?.Dispose();
        }
    }

    // Where the chip lies in the image: an upright rectangle, and the angle by which it is turned around its centre.
    private static (Region Region, double Angle) Locate(ReadOnlySpan<FacePoint> landmarks)
    {
        var transform = MeanFaceTo(landmarks);
        var angle = Math.Atan2(transform.M21, transform.M11);
        var side = (Size * Math.Sqrt((transform.M11 * transform.M11) + (transform.M21 * transform.M21))) - 1;
        var (x, y) = transform.Apply(Size / 2.0, Size / 2.0);
        return (new Region(x - (side / 2), y - (side / 2), x + (side / 2), y + (side / 2)), angle);
    }

    private static AffineTransform MeanFaceTo(ReadOnlySpan<FacePoint> landmarks)
    {
        Span<double> from = stackalloc double[2 * Landmarks];
        Span<double> to = stackalloc double[2 * Landmarks];
        for (var i = 0; i < Landmarks; i++)
        {
            from[2 * i] = (Padding + MeanFace[2 * i]) / ((2 * Padding) + 1) * Size;
            from[(2 * i) + 1] = (Padding + MeanFace[(2 * i) + 1]) / ((2 * Padding) + 1) * Size;
            to[2 * i] = landmarks[i].X;
            to[(2 * i) + 1] = landmarks[i].Y;
        }

        return AffineTransform.SimilarityBetween<double>(from, to);
    }

    // The part of the image that the chip needs, so that a large image isn't halved as a whole.
    private static (int Left, int Top, int Width, int Height) Crop(RgbImage image, Region turned, double grow)
    {
        var left = RoundToPixel(Math.Max(turned.Left - grow, 0));
        var top = RoundToPixel(Math.Max(turned.Top - grow, 0));
        var right = RoundToPixel(Math.Min(turned.Right + grow, image.Width - 1));
        var bottom = RoundToPixel(Math.Min(turned.Bottom + grow, image.Height - 1));
        return right < left || bottom < top ? default : (left, top, right - left + 1, bottom - top + 1);
    }

    private static void Sample(PixelView source, AffineTransform transform, Span<byte> chip)
    {
        const int pixel = RgbImage.BytesPerPixel;
        for (var row = 0; row < Size; row++)
        {
            var line = chip.Slice(row * Size * pixel, Size * pixel);
            for (var column = 0; column < Size; column++)
            {
                var target = line.Slice(column * pixel, pixel);
                var (x, y) = transform.Apply(column, row);
                var (left, top) = (Math.Floor(x), Math.Floor(y));
                if (!(left >= 0 && top >= 0 && left + 1 < source.Width && top + 1 < source.Height))
                {
                    target.Clear();
                    continue;
                }

                var (right, down) = (x - left, y - top);
                var offset = (int)left * pixel;
                var upper = source.Row((int)top).Slice(offset, 2 * pixel);
                var lower = source.Row((int)top + 1).Slice(offset, 2 * pixel);
                for (var channel = 0; channel < pixel; channel++)
                {
                    // dlib truncates, and in this order: a half-way value must fall to the same side.
                    target[channel] = (byte)(
                        ((1 - down) * (((1 - right) * upper[channel]) + (right * upper[channel + pixel])))
                        + (down * (((1 - right) * lower[channel]) + (right * lower[channel + pixel]))));
                }
            }
        }
    }

    private static int RoundToPixel(double value) => (int)Math.Floor(value + 0.5);

    // A rectangle whose edges lie on the centres of its border pixels, as dlib's do.
    private readonly record struct Region(double Left, double Top, double Right, double Bottom)
    {
        public double Area => Right < Left || Bottom < Top ? 0 : (Right - Left + 1) * (Bottom - Top + 1);

        public Region Translated(double x, double y) => new(Left + x, Top + y, Right + x, Bottom + y);

        // Where the rectangle is in the halved image. dlib's constants; they don't quite make up for the dropped border.
        public Region Down()
        {
            var (x1, y1) = ((Left / 2) - 1.25, (Top / 2) - 0.75);
            var (x2, y2) = ((Right / 2) - 1.25, (Bottom / 2) - 0.75);
            return new Region(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));
        }

        // The upright rectangle around this one, when it is turned around its centre.
        public Region Turned(double angle)
        {
            var (ax, ay) = Turn(Left, Top, angle);
            var (bx, by) = Turn(Right, Top, angle);
            var (cx, cy) = Turn(Left, Bottom, angle);
            var (dx, dy) = Turn(Right, Bottom, angle);
            return new Region(
                Math.Min(Math.Min(ax, bx), Math.Min(cx, dx)),
                Math.Min(Math.Min(ay, by), Math.Min(cy, dy)),
                Math.Max(Math.Max(ax, bx), Math.Max(cx, dx)),
                Math.Max(Math.Max(ay, by), Math.Max(cy, dy)));
        }

        // From pixels of the chip to pixels of the image in which this rectangle lies.
        public AffineTransform ToTransform(double angle)
        {
            const double last = Size - 1;
            var (x, y) = Turn(Left, Top, angle);
            var (rightX, rightY) = Turn(Right, Top, angle);
            var (downX, downY) = Turn(Left, Bottom, angle);
            return new AffineTransform((rightX - x) / last, (downX - x) / last, (rightY - y) / last, (downY - y) / last, x, y);
        }

        private (double X, double Y) Turn(double x, double y, double angle)
        {
            var (centreX, centreY) = ((Left + Right) / 2, (Top + Bottom) / 2);
            var (sin, cos) = Math.SinCos(angle);
            x -= centreX;
            y -= centreY;
            return ((cos * x) - (sin * y) + centreX, (sin * x) + (cos * y) + centreY);
        }
    }
}
