using System.Buffers.Binary;
using System.Text;

namespace Frat.Testing;

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
            byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, data.Length + 4)));
            file.Write(chunk);
        }

        return file.ToArray();
    }

    /// <summary>CRC-32 over type and data, as the specification's annex D defines it; .NET's class of that name would be one more package.</summary>
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
