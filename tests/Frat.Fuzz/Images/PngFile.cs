using System.Buffers.Binary;
using System.IO.Compression;
using Frat.TestKit;

namespace Frat.Fuzz.Images;

/// <summary>Writes PNG files of kinds that Skia's encoder does not write, from the PNG specification.</summary>
internal static class PngFile
{
    private const int SignatureBytes = 8;

    // Adam7: first column, first row, and the steps between columns and between rows.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static byte[] Write(
        int width, int height, byte bitDepth, byte colorType, Func<int, int, byte[]> pixel, bool palette = false, bool interlaced = false)
    {
        using var rows = new MemoryStream();
        foreach (var (left, top, stepX, stepY) in interlaced ? Passes : [(0, 0, 1, 1)])
        {
            for (var y = top; y < height; y += stepY)
            {
                rows.WriteByte(0); // No filter.
                for (var x = left; x < width; x += stepX)
                {
                    rows.Write(pixel(x, y));
                }
            }
        }

        (string, byte[])[] colours = palette
            ? [("PLTE", [.. Enumerable.Range(0, 256).SelectMany(i => new[] { (byte)i, (byte)(255 - i), (byte)(i / 2) })]),
                ("tRNS", [.. Enumerable.Range(0, 100).Select(i => (byte)i)])]
            : [];
        return Assemble(width, height, bitDepth, colorType, interlaced, Packed(rows.ToArray()), colours);
    }

    /// <summary>Rows, compressed.</summary>
    public static byte[] Packed(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return packed.ToArray();
    }

    /// <summary>A picture of zeros, with further chunks before it.</summary>
    public static byte[] Zeros(int width, int height, byte bitDepth, byte colorType, params (string Type, byte[] Data)[] more)
    {
        var channels = colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var rowBytes = 1 + ((((long)width * channels * bitDepth) + 7) / 8);
        return Assemble(width, height, bitDepth, colorType, interlaced: false, Deflate(rowBytes * height), more);
    }

    public static byte[] Assemble(
        int width, int height, byte bitDepth, byte colorType, bool interlaced, byte[] packed, params (string Type, byte[] Data)[] more)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (bitDepth, colorType, (byte)(interlaced ? 1 : 0));
        return PngChunks.File([("IHDR", header), .. more, ("IDAT", packed), ("IEND", [])]);
    }

    /// <summary>That many zeros, compressed.</summary>
    public static byte[] Deflate(long zeros)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var some = new byte[1 << 20];
            for (; zeros > 0; zeros -= some.Length)
            {
                zlib.Write(some, 0, (int)Math.Min(zeros, some.Length));
            }
        }

        return packed.ToArray();
    }

    /// <summary>The chunks of a file, from length to checksum, as far as the lengths can be followed.</summary>
    public static List<(int Start, int End)> Chunks(byte[] file)
    {
        List<(int, int)> chunks = [];
        for (var start = SignatureBytes; start + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(start));
            var end = (int)Math.Min(file.Length, start + 12L + length);
            chunks.Add((start, end));
            start = end;
        }

        return chunks;
    }
}
