using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Frat.Vision;

/// <summary>
/// Halves an image behind a 5×5 Gaussian (1 4 6 4 1 in each direction), in the integer arithmetic of dlib's pyramid_down&lt;2&gt;
/// (dlib/image_transforms/image_pyramid.h). The border that the filter can't reach is dropped.
/// </summary>
internal static class HalfPyramid
{
    // dlib gives up on anything this small.
    private const int TooSmall = 8;

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
        var length = source.Width * RgbImage.BytesPerPixel;

        // Down first and across then: the sums are whole numbers, so the order changes nothing, and going down takes whole vectors.
        var rented = ArrayPool<ushort>.Shared.Rent(length);
        var sums = rented.AsSpan(0, length);
        for (var y = 0; y < result.Height; y++)
        {
            AddRows(source, 2 * y, sums);
            AddColumns(sums, result.Row(y));
        }

        // As with RgbImage: what shows a person doesn't stay in the pool.
        ArrayPool<ushort>.Shared.Return(rented, clearArray: true);
        return result;
    }

    // 16 times the mean of five rows. A row has at least 9 pixels, so a vector fits; the last one overlaps the one before.
    private static void AddRows(PixelView source, int y, Span<ushort> sums)
    {
        ref var row0 = ref MemoryMarshal.GetReference(source.Row(y));
        ref var row1 = ref MemoryMarshal.GetReference(source.Row(y + 1));
        ref var row2 = ref MemoryMarshal.GetReference(source.Row(y + 2));
        ref var row3 = ref MemoryMarshal.GetReference(source.Row(y + 3));
        ref var row4 = ref MemoryMarshal.GetReference(source.Row(y + 4));
        ref var result = ref MemoryMarshal.GetReference(sums);
        var last = sums.Length - Vector256<ushort>.Count;
        for (var i = 0; i < last + Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var at = Math.Min(i, last);
            Filter(Load(ref row0, at), Load(ref row1, at), Load(ref row2, at), Load(ref row3, at), Load(ref row4, at))
                .StoreUnsafe(ref result, (nuint)at);
        }

        static Vector256<ushort> Load(ref byte row, int i) =>
            Vector256.WidenLower(Vector128.LoadUnsafe(ref row, (nuint)i).ToVector256Unsafe());
    }

    // Every second pixel of what the filter gives: three of them out of a vector.
    private static void AddColumns(ReadOnlySpan<ushort> sums, Span<byte> result)
    {
        const int pixel = RgbImage.BytesPerPixel;
        const int pixels = 3;
        var everySecond = Vector128.Create((byte)0, 1, 2, 6, 7, 8, 12, 13, 14, 15, 15, 15, 15, 15, 15, 15);
        ref var first = ref MemoryMarshal.GetReference(sums);
        ref var target = ref MemoryMarshal.GetReference(result);
        var (from, to) = (0, 0);

        // What a vector writes beyond its pixels is written again.
        while (to + Vector128<byte>.Count <= result.Length && from + (4 * pixel) + Vector256<ushort>.Count <= sums.Length)
        {
            var sum = Filter(
                Vector256.LoadUnsafe(ref first, (nuint)from),
                Vector256.LoadUnsafe(ref first, (nuint)(from + pixel)),
                Vector256.LoadUnsafe(ref first, (nuint)(from + (2 * pixel))),
                Vector256.LoadUnsafe(ref first, (nuint)(from + (3 * pixel))),
                Vector256.LoadUnsafe(ref first, (nuint)(from + (4 * pixel)))) >>> 8;
            Vector128.Shuffle(Vector128.Narrow(sum.GetLower(), sum.GetUpper()), everySecond).StoreUnsafe(ref target, (nuint)to);
            from += 2 * pixels * pixel;
            to += pixels * pixel;
        }

        for (; to < result.Length; from += 2 * pixel, to += pixel)
        {
            for (var channel = 0; channel < pixel; channel++)
            {
                var at = sums[(from + channel)..];
                result[to + channel] =
                    (byte)((at[0] + (4 * at[pixel]) + (6 * at[2 * pixel]) + (4 * at[3 * pixel]) + at[4 * pixel]) >> 8);
            }
        }
    }

    // 1 4 6 4 1. Twice over a byte, the sum is 65 280 at most: it fits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Filter(
        Vector256<ushort> a, Vector256<ushort> b, Vector256<ushort> c, Vector256<ushort> d, Vector256<ushort> e) =>
        a + e + ((b + c + d) << 2) + (c << 1);
}
