using System.Buffers.Binary;

namespace Frat;

/// <summary>A part of a PNG file: length, type, data, and a checksum over the latter two.</summary>
internal readonly ref struct PngChunk
{
    /// <summary>Where the first one is: behind the signature.</summary>
    public const int First = 8;

    private const int Before = 8;
    private const int After = 4;

    // The table of annex D of the PNG specification. .NET's CRC-32 is in a package of its own.
    private static readonly uint[] Table = MakeTable();

    private readonly ReadOnlySpan<byte> _type;

    private PngChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, int end)
    {
        _type = type;
        Data = data;
        End = end;
    }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Where the next one is.</summary>
    public int End { get; }

    /// <summary>Whether a picture can't be shown by who doesn't know the type: bit 5 of the first letter.</summary>
    public bool IsCritical => (_type[0] & 0x20) == 0;

    /// <summary>Reads the chunk at a place. Chunks that don't decide how pixels look may be damaged: they are stepped over.</summary>
    /// <exception cref="InvalidFaceImageException">It is cut off, or damaged and critical.</exception>
    public static PngChunk At(ReadOnlySpan<byte> file, int start)
    {
        if (file.Length - start < Before + After)
        {
            throw CutOff();
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(file[start..]);
        if (length > file.Length - start - Before - After)
        {
            throw CutOff();
        }

        var content = file.Slice(start + 4, 4 + (int)length);
        var end = start + Before + (int)length;
        var chunk = new PngChunk(content[..4], content[4..], end + After);
        if (Crc(content) == BinaryPrimitives.ReadUInt32BigEndian(file[end..]))
        {
            return chunk;
        }

        return chunk.IsCritical ? throw CorruptImage.Error("a checksum is wrong") : new PngChunk("none"u8, default, chunk.End);
    }

    /// <summary>Finds a chunk that may stand before or behind the pixels, which are stepped over.</summary>
    /// <returns>True when there is one that isn't damaged.</returns>
    public static bool FindFirst(ReadOnlySpan<byte> file, ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data)
    {
        data = default;
        for (long at = First; at + Before + After <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            if (length > file.Length - at - Before - After)
            {
                return false;
            }

            if (file.Slice((int)at + 4, 4).SequenceEqual(type) && At(file, (int)at) is { Data: var found } chunk && chunk.Is(type))
            {
                data = found;
                return true;
            }

            at += Before + length + After;
        }

        return false;
    }

    public bool Is(ReadOnlySpan<byte> type) => _type.SequenceEqual(type);

    private static InvalidFaceImageException CutOff() => CorruptImage.Error("it ends too early");

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
