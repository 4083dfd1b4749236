using System.Buffers;

namespace Frat.Vision;

/// <summary>
/// Halves an image behind a 5×5 Gaussian (1 4 6 4 1 in each direction), in the integer arithmetic of dlib's pyramid_down&lt;2&gt;
/// (dlib/image_transforms/image_pyramid.h). The border that the filter can't reach is dropped.
/// </summary>
internal static class HalfPyramid
{
    // dlib gives up on anything this small.
    private const int TooSmall = 8;
    private const int Taps = 5;

    /// <summary>Halves an image.</summary>
    /// <param name="source">The image; borrowed.</param>
    /// <returns>(side − 3) / 2 pixels on each side, the caller disposes them; null where nothing is left.</returns>
    public static RgbImage? Down(PixelView source)
    {
        if (source.Width <= TooSmall || source.Height <= TooSmall)
        {
            return null;
        }

        var result = new RgbImage((source.Width - 3) / 2, (source.Height - 3) / 2);
        var stride = result.Stride;
        // Rows that are filtered horizontally, by their number modulo 5: the vertical filter sees five at a time.
        var rented = ArrayPool<ushort>.Shared.Rent(Taps * stride);
        var filtered = 0;
        for (var y = 0; y < result.Height; y++)
        {
            for (; filtered < (2 * y) + Taps; filtered++)
            {
                FilterRow(source.Row(filtered), rented.AsSpan(filtered % Taps * stride, stride));
            }

            FilterColumns(RowAt(0), RowAt(1), RowAt(2), RowAt(3), RowAt(4), result.Row(y));

            ReadOnlySpan<ushort> RowAt(int tap) => rented.AsSpan(((2 * y) + tap) % Taps * stride, stride);
        }

        // As with RgbImage: what shows a person doesn't stay in the pool.
        ArrayPool<ushort>.Shared.Return(rented, clearArray: true);
        return result;
    }

    private static void FilterRow(ReadOnlySpan<byte> source, Span<ushort> result)
    {
        const int pixel = RgbImage.BytesPerPixel;
        for (var i = 0; i < result.Length; i++)
        {
            // Two source pixels for each pixel of the result, channel by channel.
            var first = (2 * pixel * (i / pixel)) + (i % pixel);
            result[i] = (ushort)(source[first] + (4 * source[first + pixel]) + (6 * source[first + (2 * pixel)])
                + (4 * source[first + (3 * pixel)]) + source[first + (4 * pixel)]);
        }
    }

    private static void FilterColumns(
        ReadOnlySpan<ushort> row0,
        ReadOnlySpan<ushort> row1,
        ReadOnlySpan<ushort> row2,
        ReadOnlySpan<ushort> row3,
        ReadOnlySpan<ushort> row4,
        Span<byte> result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (byte)((row0[i] + (4 * row1[i]) + (6 * row2[i]) + (4 * row3[i]) + row4[i]) / 256);
        }
    }
}
