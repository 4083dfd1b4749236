using System.Numerics.Tensors;

namespace Frat;

/// <summary>Takes back what an encoder did to a row of a PNG so that it compresses better (PNG specification, chapter 9).</summary>
internal static class PngFilters
{
    /// <summary>Restores a row in place.</summary>
    /// <param name="filter">The filter's number, as it stands before the row.</param>
    /// <param name="row">The row, without that number.</param>
    /// <param name="above">The row above, restored; zeros for the first one.</param>
    /// <param name="pixelBytes">Bytes of a pixel; 1 where there are several pixels in a byte.</param>
    /// <exception cref="InvalidFaceImageException">There is no such filter.</exception>
    public static void Restore(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                Sub(row, pixelBytes);
                break;
            case 2:
                TensorPrimitives.Add(row, above, row);
                break;
            case 3:
                Average(row, above, pixelBytes);
                break;
            case 4:
                Paeth(row, above, pixelBytes);
                break;
            default:
                throw ImageHeader.Corrupt("its data are damaged");
        }
    }

    private static void Sub(Span<byte> row, int pixelBytes)
    {
        for (var i = pixelBytes; i < row.Length; i++)
        {
            row[i] += row[i - pixelBytes];
        }
    }

    private static void Average(Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        above = above[..row.Length];
        var i = 0;
        for (; i < pixelBytes; i++)
        {
            row[i] += (byte)(above[i] >> 1);
        }

        for (; i < row.Length; i++)
        {
            row[i] += (byte)((row[i - pixelBytes] + above[i]) >> 1);
        }
    }

    private static void Paeth(Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        above = above[..row.Length];
        for (var i = 0; i < pixelBytes; i++)
        {
            row[i] += above[i]; // Nothing is at the left: the row above is the nearest.
        }

        // A channel at a time: its neighbours stay in registers.
        for (var channel = 0; channel < pixelBytes; channel++)
        {
            int left = row[channel];
            int corner = above[channel];
            for (var i = channel + pixelBytes; i < row.Length; i += pixelBytes)
            {
                int up = above[i];
                var (toLeft, toUp) = (Math.Abs(up - corner), Math.Abs(left - corner));
                var toCorner = Math.Abs(left + up - corner - corner);
                var nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
                left = (byte)(row[i] + nearest);
                row[i] = (byte)left;
                corner = up;
            }
        }
    }
}
