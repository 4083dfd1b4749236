using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>
/// Cuts an upright face out of an image, as dlib's get_face_chip_details and extract_image_chip do (dlib/image_transforms/interpolation.h):
/// the landmarks are brought onto dlib's mean face, and the pixels are sampled bilinearly, from a halved image where the face is larger
/// than the chip.
/// </summary>
internal static class FaceChip
{
    /// <summary>Width and height in pixels.</summary>
    public const int Size = 150;

    /// <summary>Bytes of a chip: interleaved RGB.</summary>
    public const int Bytes = Size * Size * RgbImage.BytesPerPixel;

    /// <summary>How much of the face's surroundings it shows, as a part of the face on each side.</summary>
    public const double Padding = 0.25;

    /// <summary>Cuts out the chip that the network takes.</summary>
    /// <param name="image">The image; borrowed.</param>
    /// <param name="landmarks">As many landmarks as a <see cref="MeanFace"/> has.</param>
    /// <param name="chip"><see cref="Bytes"/> bytes to be filled; what lies outside of the image becomes black.</param>
    public static void Extract(RgbImage image, IReadOnlyList<FacePoint> landmarks, Span<byte> chip) =>
        Extract(image, landmarks, Size, Padding, chip);

    /// <summary>Cuts out a chip of any size.</summary>
    /// <param name="image">The image; borrowed.</param>
    /// <param name="landmarks">As many landmarks as a <see cref="MeanFace"/> has.</param>
    /// <param name="size">Width and height of the chip in pixels.</param>
    /// <param name="padding">How much of the surroundings it shows.</param>
    /// <param name="chip">size × size pixels to be filled; what lies outside of the image becomes black.</param>
    public static void Extract(RgbImage image, IReadOnlyList<FacePoint> landmarks, int size, double padding, Span<byte> chip)
    {
        var (region, angle) = Locate(landmarks, size, padding);
        Extract(new PixelView(image), region, angle, size, chip);
    }

    /// <summary>
    /// Cuts a chip out of a chip, a little moved, turned and scaled, and mirrored or not, as dlib's jitter_image does.
    /// </summary>
    /// <param name="chip">A chip of <see cref="Bytes"/> bytes.</param>
    /// <param name="random">Says how much.</param>
    /// <param name="result">As many bytes.</param>
    public static void Jitter(ReadOnlySpan<byte> chip, DlibRandom random, Span<byte> result)
    {
        const int margin = 3;
        const int side = Size - (2 * margin);
        const double maxMove = 0.02 * side;
        const double maxDegrees = 3;

        // The compiler that dlib was built with computes the arguments of a call from the last to the first.
        var y = random.NextDouble(-maxMove, maxMove);
        var x = random.NextDouble(-maxMove, maxMove);
        var box = (int)(side / random.NextDouble(0.97, 0.99999));
        var angle = random.NextDouble(-maxDegrees, maxDegrees) * Math.PI / 180;
        var (left, top) = ((Size / 2) + RoundToPixel(x) - (box / 2), (Size / 2) + RoundToPixel(y) - (box / 2));
        Extract(new PixelView(chip, Size), new Region(left, top, left + box - 1, top + box - 1), angle, Size, result);
        if (random.NextDouble() > 0.5)
        {
            Mirror(result, result);
        }
    }

    /// <summary>Mirrors a chip, left to right.</summary>
    /// <param name="chip">A chip of <see cref="Bytes"/> bytes.</param>
    /// <param name="result">As many bytes; may be the same.</param>
    public static void Mirror(ReadOnlySpan<byte> chip, Span<byte> result)
    {
        var from = MemoryMarshal.Cast<byte, Pixel>(chip);
        var to = MemoryMarshal.Cast<byte, Pixel>(result);
        for (var row = 0; row < Size; row++)
        {
            from.Slice(row * Size, Size).CopyTo(to[(row * Size)..]);
            to.Slice(row * Size, Size).Reverse();
        }
    }

    private static void Extract(PixelView image, Region region, double angle, int size, Span<byte> chip)
    {
        var depth = 0;
        var grow = 2.0;
        for (var rect = region.Down(); rect.Area > size * size; rect = rect.Down())
        {
            depth++;
            // Twice the border for each level, and two pixels that its filter needs.
            grow = (grow * 2) + 2;
        }

        var (left, top, width, height) = Crop(image, region.Turned(angle), grow);
        var source = image.Crop(left, top, width, height);
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

            Sample(level is null ? source : new PixelView(level), region.ToTransform(angle, size), size, chip);
        }
        finally
        {
            level?.Dispose();
        }
    }

    // Where the chip lies in the image: an upright rectangle, and the angle by which it is turned around its centre.
    private static (Region Region, double Angle) Locate(IReadOnlyList<FacePoint> landmarks, int size, double padding)
    {
        var transform = MeanFace.To(landmarks, size, padding);
        var angle = Math.Atan2(transform.M21, transform.M11);
        var side = (size * Math.Sqrt((transform.M11 * transform.M11) + (transform.M21 * transform.M21))) - 1;
        var (x, y) = transform.Apply(size / 2.0, size / 2.0);
        return (new Region(x - (side / 2), y - (side / 2), x + (side / 2), y + (side / 2)), angle);
    }

    // The part of the image that the chip needs, so that a large image isn't halved as a whole.
    private static (int Left, int Top, int Width, int Height) Crop(PixelView image, Region turned, double grow)
    {
        var left = RoundToPixel(Math.Max(turned.Left - grow, 0));
        var top = RoundToPixel(Math.Max(turned.Top - grow, 0));
        var right = RoundToPixel(Math.Min(turned.Right + grow, image.Width - 1));
        var bottom = RoundToPixel(Math.Min(turned.Bottom + grow, image.Height - 1));
        return right < left || bottom < top ? default : (left, top, right - left + 1, bottom - top + 1);
    }

    private static void Sample(PixelView source, AffineTransform transform, int size, Span<byte> chip)
    {
        const int pixel = RgbImage.BytesPerPixel;
        for (var row = 0; row < size; row++)
        {
            var line = chip.Slice(row * size * pixel, size * pixel);
            for (var column = 0; column < size; column++)
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

    private readonly record struct Pixel(byte Red, byte Green, byte Blue);

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
        public AffineTransform ToTransform(double angle, int size)
        {
            double last = size - 1;
            var (x, y) = Turn(Left, Top, angle);
            var (rightX, rightY) = Turn(Right, Top, angle);
            var (downX, downY) = Turn(Left, Bottom, angle);
            return new AffineTransform((rightX - x) / last, (downX - x) / last, (rightY - y) / last, (downY - y) / last, x, y);
        }

        private (double X, double Y) Turn(double x, double y, double angle)
        {
            var (centerX, centerY) = ((Left + Right) / 2, (Top + Bottom) / 2);
            var (sin, cos) = Math.SinCos(angle);
            x -= centerX;
            y -= centerY;
            return ((cos * x) - (sin * y) + centerX, (sin * x) + (cos * y) + centerY);
        }
    }
}
