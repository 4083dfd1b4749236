using System.Buffers.Binary;
using System.IO.Compression;

namespace Frat.Testing;

/// <summary>Writes PNG files, as the W3C's specification of PNG has them: 8-bit RGB, no filters. Stateless.</summary>
internal static class Png
{
    private static readonly uint[] Table = MakeTable();

    public static byte[] Write(RgbImage image)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        (header[8], header[9]) = (8, 2); // Bits of a sample; RGB.
        WriteChunk(file, "IHDR"u8, header);
        using var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < image.Height; y++)
            {
                packed.WriteByte(0); // No filter.
                packed.Write(image.Row(y));
            }
        }

        WriteChunk(file, "IDAT"u8, pixels.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Add(Add(uint.MaxValue, type), data));
        file.Write(number);
    }

    // CRC-32 of ISO 3309.
    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            sum = Table[(byte)(sum ^ one)] ^ (sum >> 8);
        }

        return sum;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            table[i] = i;
            for (var bit = 0; bit < 8; bit++)
            {
                table[i] = (table[i] & 1) == 0 ? table[i] >> 1 : (table[i] >> 1) ^ 0xEDB88320;
            }
        }

        return table;
    }
}
