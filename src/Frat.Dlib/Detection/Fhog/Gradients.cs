using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Frat.Dlib;

/// <summary>
/// Finds the strongest of the three colours' gradients at each pixel of a row, its length, and which of 18 directions it has.
/// </summary>
/// <remarks>
/// dlib compares the gradient with nine unit vectors of four decimals (image_transforms/fhog.h). Folded into one quadrant, five are
/// left, and the borders between them are the slopes below, found by setting two neighbours' products equal. No gradient of
/// bytes lies on a border, nor as close to one as rounding reaches, so the direction is the same; a test goes through all of them.
/// </remarks>
internal static class Gradients
{
    /// <summary>
    /// The directions, and one more: 18 is direction 0 come at from the other side, to be added to it at the end.
    /// </summary>
    public const int Directions = 19;

    private const float Slope1 = 67f / 380;
    private const float Slope2 = 1737f / 3008;
    private const float Slope3 = 665f / 558;
    private const float Slope4 = 272f / 99;

    // dlib takes eight pixels at a time from column 1 on, and where two colours are equally strong it takes the later one there, but
    // the earlier one in the columns that are left over.
    private const int DlibBlock = 8;

    /// <summary>Fills in the columns from 1 to <paramref name="end"/> (exclusive).</summary>
    /// <param name="image">The image.</param>
    /// <param name="y">The row; it has a row above and below.</param>
    /// <param name="end">At most the image's last column.</param>
    /// <param name="lengths">The gradient's length, by column.</param>
    /// <param name="directions">The gradient's direction, by column: 0 to 18.</param>
    public static void Row(PlanarImage image, int y, int end, Span<float> lengths, Span<int> directions)
    {
        var later = 1 + (Math.Max(end - 1, 0) / DlibBlock * DlibBlock);
        var x = Vectors(image, y, later, ref MemoryMarshal.GetReference(lengths), ref MemoryMarshal.GetReference(directions));
        for (; x < end; x++)
        {
            (lengths[x], directions[x]) = Pixel(image, x, y, laterWins: x < later);
        }
    }

    /// <summary>The direction of a gradient, 0 to 18.</summary>
    public static int Direction(int gradientX, int gradientY)
    {
        var x = (float)Math.Abs(gradientX);
        var y = (float)Math.Abs(gradientY);
        var quadrant = (y > x * Slope1 ? 1 : 0) + (y > x * Slope2 ? 1 : 0) + (y > x * Slope3 ? 1 : 0) + (y > x * Slope4 ? 1 : 0);
        var mirrored = gradientX != 0 && (gradientX < 0) != (gradientY < 0);
        return (mirrored ? 9 - quadrant : quadrant) + (gradientY < 0 ? 9 : 0);
    }

    private static (float Length, int Direction) Pixel(PlanarImage image, int x, int y, bool laterWins)
    {
        var best = -1;
        var (bestX, bestY) = (0, 0);
        for (var plane = 0; plane < PlanarImage.Planes; plane++)
        {
            var row = image.Row(plane, y);
            var gradientX = row[x + 1] - row[x - 1];
            var gradientY = image.Row(plane, y + 1)[x] - image.Row(plane, y - 1)[x];
            var length = (gradientX * gradientX) + (gradientY * gradientY);
            if (length > best || (laterWins && length == best))
            {
                (best, bestX, bestY) = (length, gradientX, gradientY);
            }
        }

        return (MathF.Sqrt(best), Direction(bestX, bestY));
    }

    private static int Vectors(PlanarImage image, int y, int end, ref float lengths, ref int directions)
    {
        ref var red = ref MemoryMarshal.GetReference(image.Row(0, y));
        ref var green = ref MemoryMarshal.GetReference(image.Row(1, y));
        ref var blue = ref MemoryMarshal.GetReference(image.Row(2, y));
        var stride = image.Stride;
        var x = 1;
        for (; x + Vector256<short>.Count <= end; x += Vector256<short>.Count)
        {
            var (redX, redY) = Gradient(ref red, x, stride);
            var (greenX, greenY) = Gradient(ref green, x, stride);
            var (blueX, blueY) = Gradient(ref blue, x, stride);
            Strongest(
                Vector256.WidenLower(redX), Vector256.WidenLower(redY), Vector256.WidenLower(greenX), Vector256.WidenLower(greenY),
                Vector256.WidenLower(blueX), Vector256.WidenLower(blueY),
                ref Unsafe.Add(ref lengths, x), ref Unsafe.Add(ref directions, x));
            Strongest(
                Vector256.WidenUpper(redX), Vector256.WidenUpper(redY), Vector256.WidenUpper(greenX), Vector256.WidenUpper(greenY),
                Vector256.WidenUpper(blueX), Vector256.WidenUpper(blueY),
                ref Unsafe.Add(ref lengths, x + 8), ref Unsafe.Add(ref directions, x + 8));
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<short> X, Vector256<short> Y) Gradient(ref byte row, int x, int stride) => (
        Load(ref Unsafe.Add(ref row, x + 1)) - Load(ref Unsafe.Add(ref row, x - 1)),
        Load(ref Unsafe.Add(ref row, x + stride)) - Load(ref Unsafe.Add(ref row, x - stride)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Load(ref byte bytes) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref bytes).ToVector256Unsafe()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Strongest(
        Vector256<int> redX, Vector256<int> redY, Vector256<int> greenX, Vector256<int> greenY, Vector256<int> blueX, Vector256<int> blueY,
        ref float lengths, ref int directions)
    {
        var x = Vector256.ConvertToSingle(redX);
        var y = Vector256.ConvertToSingle(redY);
        var length = (x * x) + (y * y);
        Stronger(Vector256.ConvertToSingle(greenX), Vector256.ConvertToSingle(greenY), ref x, ref y, ref length);
        Stronger(Vector256.ConvertToSingle(blueX), Vector256.ConvertToSingle(blueY), ref x, ref y, ref length);
        Vector256.Sqrt(length).StoreUnsafe(ref lengths);

        var absoluteX = Vector256.Abs(x);
        var absoluteY = Vector256.Abs(y);
        // A comparison that holds is -1 in each lane.
        var quadrant = -(Vector256.GreaterThan(absoluteY, absoluteX * Slope1).AsInt32()
            + Vector256.GreaterThan(absoluteY, absoluteX * Slope2).AsInt32()
            + Vector256.GreaterThan(absoluteY, absoluteX * Slope3).AsInt32()
            + Vector256.GreaterThan(absoluteY, absoluteX * Slope4).AsInt32());
        var below = Vector256.LessThan(y, Vector256<float>.Zero).AsInt32();
        var mirrored = (Vector256.LessThan(x, Vector256<float>.Zero).AsInt32() ^ below)
            & ~Vector256.Equals(x, Vector256<float>.Zero).AsInt32();
        var nine = Vector256.Create(9);
        var direction = Vector256.ConditionalSelect(mirrored, nine - quadrant, quadrant) + (below & nine);
        direction.StoreUnsafe(ref directions);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stronger(
        Vector256<float> otherX, Vector256<float> otherY, ref Vector256<float> x, ref Vector256<float> y, ref Vector256<float> length)
    {
        var other = (otherX * otherX) + (otherY * otherY);
        var stays = Vector256.GreaterThan(length, other);
        x = Vector256.ConditionalSelect(stays, x, otherX);
        y = Vector256.ConditionalSelect(stays, y, otherY);
        length = Vector256.Max(length, other);
    }
}
