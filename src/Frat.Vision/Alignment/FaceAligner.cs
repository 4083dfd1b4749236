using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Frat.Vision;

/// <summary>
/// Cuts upright faces out of images, as dlib's get_face_chip_details and extract_image_chip do (dlib/image_transforms/interpolation.h):
/// the landmarks are brought as near as can be onto the mean face by turning, scaling and moving, and the pixels are sampled bilinearly,
/// from a halved image where the face is larger than the chip. Stateless and thread-safe.
/// </summary>
public static class FaceAligner
{
    private const int MaxPointsOnStack = 128;

    /// <summary>Cuts a face out.</summary>
    /// <param name="image">The image in which the face was found; borrowed.</param>
    /// <param name="landmarks">The face's landmarks.</param>
    /// <param name="format">What the chip has to be.</param>
    /// <returns>The chip, black where it reaches beyond the image; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The format has no mean face of the landmarks' scheme.</exception>
    public static RgbImage Cut(RgbImage image, FaceLandmarks landmarks, FaceChipFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        var chip = new RgbImage(format.Size, format.Size);
        try
        {
            Cut(image, landmarks, format, chip.Pixels);
            return chip;
        }
        catch
        {
            chip.Dispose();
            throw;
        }
    }

    /// <summary>Cuts a face out into a buffer.</summary>
    /// <param name="image">The image in which the face was found; borrowed.</param>
    /// <param name="landmarks">The face's landmarks.</param>
    /// <param name="format">What the chip has to be.</param>
    /// <param name="chip">Is filled: interleaved RGB, row by row; black where the chip reaches beyond the image.</param>
    /// <exception cref="ArgumentException">
    /// The format has no mean face of the landmarks' scheme, or <paramref name="chip"/> is shorter than size × size pixels.
    /// </exception>
    public static void Cut(RgbImage image, FaceLandmarks landmarks, FaceChipFormat format, Span<byte> chip)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(landmarks);
        ArgumentNullException.ThrowIfNull(format);
        CheckRoom(chip, format.Size);
        var mean = format.Find(landmarks.Scheme) ?? throw new ArgumentException(
            $"Faces are aligned by {string.Join(" or ", format.MeanFaces.Select(face => face.Scheme))} here, not by {landmarks.Scheme}.",
            nameof(landmarks));
        Cut(new PixelView(image), Locate(mean, landmarks.Points, format.Size, format.Padding), format.Size, chip);
    }

    /// <summary>Cuts a region out of pixels.</summary>
    /// <param name="pixels">Interleaved RGB, row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="region">The region, about square; it may reach beyond the image.</param>
    /// <param name="size">Width and height of the chip in pixels, 1 and up.</param>
    /// <param name="chip">Is filled: interleaved RGB, row by row; black where the chip reaches beyond the image.</param>
    /// <exception cref="ArgumentException">A buffer is shorter than its measures say, or the region has no finite numbers.</exception>
    public static void CutRegion(ReadOnlySpan<byte> pixels, int width, int height, ImageRegion region, int size, Span<byte> chip)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.Length < (long)width * height * RgbImage.BytesPerPixel)
        {
            throw new ArgumentException("There are fewer bytes than the image has pixels.", nameof(pixels));
        }

        if (!double.IsFinite(region.Left + region.Top + region.Right + region.Bottom + region.Angle))
        {
            throw new ArgumentException("A region has finite numbers.", nameof(region));
        }

        CheckRoom(chip, size);
        Cut(new PixelView(pixels, width, height, width * RgbImage.BytesPerPixel), region, size, chip);
    }

    private static void CheckRoom(ReadOnlySpan<byte> chip, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (chip.Length < (long)size * size * RgbImage.BytesPerPixel)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A chip of {size}×{size} pixels doesn't fit."), nameof(chip));
        }
    }

    private static void Cut(PixelView image, ImageRegion region, int size, Span<byte> chip)
    {
        var depth = 0;
        var grow = 2.0;
        for (var rect = region.Down(); rect.Area > size * size; rect = rect.Down())
        {
            depth++;
            // Twice the border for each level, and two pixels that its filter needs.
            grow = (grow * 2) + 2;
        }

        var (left, top, width, height) = Crop(image, region.Bounds(), grow);
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

            Sample(level is null ? source : new PixelView(level), region.ToTransform(size), size, chip);
        }
        finally
        {
            level?.Dispose();
        }
    }

    // Where the chip lies in the image.
    private static ImageRegion Locate(MeanFace mean, IReadOnlyList<FacePoint> landmarks, int size, double padding)
    {
        var count = mean.Points.Count;
        var from = count <= MaxPointsOnStack ? stackalloc double[2 * count] : new double[2 * count];
        var to = count <= MaxPointsOnStack ? stackalloc double[2 * count] : new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            var (number, meanX, meanY) = mean.Points[i];
            from[2 * i] = (padding + meanX) / ((2 * padding) + 1) * size;
            from[(2 * i) + 1] = (padding + meanY) / ((2 * padding) + 1) * size;
            to[2 * i] = landmarks[number].X;
            to[(2 * i) + 1] = landmarks[number].Y;
        }

        var transform = AffineTransform.SimilarityBetween<double>(from, to);
        var angle = Math.Atan2(transform.M21, transform.M11);
        var side = (size * Math.Sqrt((transform.M11 * transform.M11) + (transform.M21 * transform.M21))) - 1;
        var (x, y) = transform.Apply(size / 2.0, size / 2.0);
        return new ImageRegion(x - (side / 2), y - (side / 2), x + (side / 2), y + (side / 2), angle);
    }

    // The part of the image that the chip needs, so that a large image isn't halved as a whole.
    private static (int Left, int Top, int Width, int Height) Crop(PixelView image, ImageRegion bounds, double grow)
    {
        var left = RoundToPixel(Math.Max(bounds.Left - grow, 0));
        var top = RoundToPixel(Math.Max(bounds.Top - grow, 0));
        var right = RoundToPixel(Math.Min(bounds.Right + grow, image.Width - 1));
        var bottom = RoundToPixel(Math.Min(bounds.Bottom + grow, image.Height - 1));
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

                Interpolate(source.Row((int)top), source.Row((int)top + 1), (int)left * pixel, x - left, y - top, target);
            }
        }
    }

    // dlib truncates, and in this order: a half-way value must fall to the same side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interpolate(
        ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int offset, double right, double down, Span<byte> result)
    {
        const int pixel = RgbImage.BytesPerPixel;
        upper = upper.Slice(offset, 2 * pixel);
        lower = lower.Slice(offset, 2 * pixel);
        if (Avx.IsSupported)
        {
            var value = ((1 - down) * (((1 - right) * Left(upper)) + (right * Right(upper))))
                + (down * (((1 - right) * Left(lower)) + (right * Right(lower))));
            var bytes = Avx.ConvertToVector128Int32WithTruncation(value).AsByte();
            (result[0], result[1], result[2]) = (bytes[0], bytes[4], bytes[8]);
            return;
        }

        for (var channel = 0; channel < pixel; channel++)
        {
            result[channel] = (byte)(
                ((1 - down) * (((1 - right) * upper[channel]) + (right * upper[channel + pixel])))
                + (down * (((1 - right) * lower[channel]) + (right * lower[channel + pixel]))));
        }

        static Vector256<double> Left(ReadOnlySpan<byte> pixels) => ToDouble(BinaryPrimitives.ReadUInt32LittleEndian(pixels));

        // Four bytes that begin one earlier: there may be none behind the last pixel.
        static Vector256<double> Right(ReadOnlySpan<byte> pixels) => ToDouble(BinaryPrimitives.ReadUInt32LittleEndian(pixels[2..]) >> 8);

        static Vector256<double> ToDouble(uint bytes) => Avx.ConvertToVector256Double(
            Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(bytes).AsByte())).AsInt32());
    }

    private static int RoundToPixel(double value) => (int)Math.Floor(value + 0.5);
}
