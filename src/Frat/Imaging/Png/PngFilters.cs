using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

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
                throw CorruptImage.Error("its data are damaged");
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

    // Without branches, a pixel at a time: which neighbour is the nearest can't be foretold in a picture that is made to be slow.
    private static void Paeth(Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        above = above[..row.Length];
        var left = Vector128<short>.Zero; // Nothing is at the left of the first pixel: the row above is the nearest.
        var corner = Vector128<short>.Zero;
        var i = 0;
        for (; i + Vector128<short>.Count <= row.Length; i += pixelBytes)
        {
            // As many bytes as there are lanes; those behind the pixel come to nothing.
            var (raw, up) = (Widen(row[i..]), Widen(above[i..]));
            var (toLeft, toUp) = (up - corner, left - corner);
            var (fromLeft, fromUp, fromCorner) = (Vector128.Abs(toLeft), Vector128.Abs(toUp), Vector128.Abs(toLeft + toUp));
            var least = Vector128.Min(Vector128.Min(fromLeft, fromUp), fromCorner);
            var nearest = Vector128.ConditionalSelect(
                Vector128.Equals(least, fromLeft), left, Vector128.ConditionalSelect(Vector128.Equals(least, fromUp), up, corner));
            left = (raw + nearest) & Vector128.Create((short)byte.MaxValue);
            corner = up;
            Store(Vector128.Narrow(left.AsUInt16(), left.AsUInt16()).AsUInt64().ToScalar(), row.Slice(i, pixelBytes));
        }

        for (; i < row.Length; i++)
        {
            int up = above[i];
            var (before, corners) = i < pixelBytes ? (0, 0) : (row[i - pixelBytes], above[i - pixelBytes]);
            var (fromLeft, fromUp, fromCorner) = (
                Math.Abs(up - corners), Math.Abs(before - corners), Math.Abs(before + up - corners - corners));
            row[i] += (byte)(fromLeft <= fromUp && fromLeft <= fromCorner ? before : fromUp <= fromCorner ? up : corners);
        }
    }

    private static Vector128<short> Widen(ReadOnlySpan<byte> bytes) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(BinaryPrimitives.ReadUInt64LittleEndian(bytes)).AsByte()).AsInt16();

    // The pixel alone: bytes behind it are still to be read.
    private static void Store(ulong bytes, Span<byte> pixel)
    {
        switch (pixel.Length)
        {
            case 1:
                pixel[0] = (byte)bytes;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(pixel, (ushort)bytes);
                break;
            case 3:
                BinaryPrimitives.WriteUInt16LittleEndian(pixel, (ushort)bytes);
                pixel[2] = (byte)(bytes >> 16);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(pixel, (uint)bytes);
                break;
            case 6:
                BinaryPrimitives.WriteUInt32LittleEndian(pixel, (uint)bytes);
                BinaryPrimitives.WriteUInt16LittleEndian(pixel[4..], (ushort)(bytes >> 32));
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(pixel, bytes);
                break;
        }
    }
}
