using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Frat.TestKit;

/// <summary>Puts PNG files together, also such as no encoder would write.</summary>
public static class PngChunks
{
    /// <summary>The signature, and chunks with their lengths and checksums.</summary>
    public static byte[] File(params IEnumerable<(string Type, byte[] Data)> chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\x1A\n"u8]);
        foreach (var (type, data) in chunks)
        {
            byte[] chunk = [0, 0, 0, 0, .. Encoding.Latin1.GetBytes(type), .. data, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, data.Length + 4)));
            file.Write(chunk);
        }

        return file.ToArray();
    }

    /// <summary>An interlaced picture (Adam7).</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rgba">Four bytes a pixel.</param>
    public static byte[] Interlaced(int width, int height, byte[] rgba)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            (int X, int Y, int StepX, int StepY)[] passes =
                [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
            foreach (var (left, top, stepX, stepY) in passes)
            {
                for (var y = top; y < height && left < width; y += stepY)
                {
                    // Each pixel as its difference from the one at its left (filter 1).
                    var row = new byte[1 + ((width - left + stepX - 1) / stepX * 3)];
                    row[0] = 1;
                    for (var (x, o) = (left, 1); x < width; x += stepX)
                    {
                        for (var channel = 0; channel < 3; channel++, o++)
                        {
                            row[o] = (byte)(rgba[(((y * width) + x) * 4) + channel] - (x == left
                                ? 0
                                : rgba[(((y * width) + x - stepX) * 4) + channel]));
                        }
                    }

                    zlib.Write(row);
                }
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (8, 2, 1);
        return File([("IHDR", header), ("IDAT", packed.ToArray()), ("IEND", [])]);
    }

    /// <summary>
    /// CRC-32 over type and data, as the specification's annex D defines it; .NET's class of that name would be one more package.
    /// </summary>
    public static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
