using System.Numerics.Tensors;

namespace Frat.Dlib;

/// <summary>Reads the beginning of a row of a plane: the pixels' values times <see cref="PyramidLevel.Unit"/>.</summary>
internal delegate void RowReader(int y, Span<float> values);

/// <summary>
/// Makes the next level of the pyramid, as dlib does it for planes of float (resize_image in image_transforms/interpolation.h): columns
/// stand where a running sum in single precision says, four at a time, and the last few in double precision.
/// </summary>
internal static class PyramidResizer
{
    private const int Block = 4;

    /// <summary>Fills a plane of a level.</summary>
    /// <param name="read">The same plane of the level before.</param>
    /// <param name="sourceWidth">Its width, at least that of <paramref name="level"/>.</param>
    /// <param name="sourceHeight">Its height, at least that of <paramref name="level"/>.</param>
    /// <param name="level">What to fill.</param>
    /// <param name="plane">Which plane of it.</param>
    public static void Fill(RowReader read, int sourceWidth, int sourceHeight, PyramidLevel level, int plane)
    {
        using var left = new PooledArray<int>(level.Width);
        using var fraction = new PooledArray<float>(level.Width);
        Columns(sourceWidth, level.Width, left.Array, fraction.Array);

        // The rows above and below, and what lies between them; each is followed by its last value once more.
        using var rows = new PooledArray<float>(3L * (sourceWidth + 1), clear: true);
        var upper = rows.Array.AsSpan(0, sourceWidth + 1);
        var lower = rows.Array.AsSpan(sourceWidth + 1, sourceWidth + 1);
        var between = rows.Array.AsSpan(2 * (sourceWidth + 1), sourceWidth + 1);
        var scale = (sourceHeight - 1) / (double)Math.Max(level.Height - 1, 1);
        var y = -scale;
        var inUpper = -1;
        var inLower = -1;
        for (var row = 0; row < level.Height; row++)
        {
            y += scale;
            var top = (int)Math.Floor(y);
            var bottom = Math.Min(top + 1, sourceHeight - 1);
            if (inLower == top)
            {
                var swapped = upper;
                upper = lower;
                lower = swapped;
                (inUpper, inLower) = (inLower, inUpper);
            }

            inUpper = Read(read, top, inUpper, upper);
            inLower = Read(read, bottom, inLower, lower);
            TensorPrimitives.Lerp(upper, lower, (float)(y - top), between);
            Row(between, left.Array, fraction.Array, level.Row(plane, row));
        }
    }

    private static int Read(RowReader read, int y, int have, Span<float> row)
    {
        if (have != y)
        {
            read(y, row[..^1]);
            row[^1] = row[^2];
        }

        return y;
    }

    private static void Row(ReadOnlySpan<float> source, ReadOnlySpan<int> left, ReadOnlySpan<float> fraction, Span<ushort> result)
    {
        left = left[..result.Length];
        fraction = fraction[..result.Length];
        for (var x = 0; x < result.Length; x++)
        {
            var column = left[x];
            var value = source[column];
            // No value is out of range, so the check that comes with a cast isn't needed.
            result[x] = (ushort)float.ConvertToIntegerNative<int>(value + (fraction[x] * (source[column + 1] - value)) + 0.5f);
        }
    }

    private static void Columns(int sourceWidth, int width, Span<int> left, Span<float> fraction)
    {
        var scale = (sourceWidth - 1) / (double)Math.Max(width - 1, 1);
        var step = (float)(Block * scale);
        Span<float> position = stackalloc float[Block];
        for (var i = 0; i < position.Length; i++)
        {
            position[i] = (float)((-Block * scale) + (i * scale));
        }

        var column = 0;
        for (; column + Block <= width; column += Block)
        {
            for (var i = 0; i < position.Length; i++)
            {
                position[i] += step;
            }

            if ((int)position[Block - 1] + 1 >= sourceWidth)
            {
                break;
            }

            for (var i = 0; i < position.Length; i++)
            {
                left[column + i] = (int)position[i];
                fraction[column + i] = position[i] - left[column + i];
            }
        }

        var x = -scale + (column * scale);
        for (; column < width; column++)
        {
            x += scale;
            // Rounding may carry the last column over the edge.
            left[column] = Math.Min((int)Math.Floor(x), sourceWidth - 1);
            fraction[column] = (float)(x - left[column]);
        }
    }
}
