using System.Buffers.Binary;
using SkiaSharp;

namespace Frat;

/// <summary>
/// Reads the one field of EXIF data (EXIF 2.3, TIFF 6.0) that matters for faces: where the picture's first row and column belong.
/// </summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort Byte = 1;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const int EntryBytes = 12;

    /// <param name="tiff">The data, from the mark of the byte order on.</param>
    /// <returns>The orientation; top left where the data don't say, or are damaged.</returns>
    public static SKEncodedOrigin Read(ReadOnlySpan<byte> tiff)
    {
        bool isLittle;
        switch (tiff)
        {
            case [(byte)'I', (byte)'I', 42, 0, ..]:
                isLittle = true;
                break;
            case [(byte)'M', (byte)'M', 0, 42, ..]:
                isLittle = false;
                break;
            default:
                return SKEncodedOrigin.TopLeft;
        }

        if (tiff.Length < 8 || UInt32(tiff[4..], isLittle) is var first && first > tiff.Length - 2)
        {
            return SKEncodedOrigin.TopLeft;
        }

        var directory = tiff[(int)first..];
        var entries = UInt16(directory, isLittle);
        directory = directory[2..];
        for (; entries > 0 && directory.Length >= EntryBytes; entries--, directory = directory[EntryBytes..])
        {
            if (UInt16(directory, isLittle) == Tag)
            {
                return ReadValue(tiff, directory[..EntryBytes], isLittle) is >= 1 and <= 8 and var value
                    ? (SKEncodedOrigin)value
                    : SKEncodedOrigin.TopLeft;
            }
        }

        return SKEncodedOrigin.TopLeft;
    }

    // The first value, where some writers have several. It is the standard's SHORT, or the LONG or BYTE of writers that don't look at the
    // type.
    private static uint? ReadValue(ReadOnlySpan<byte> tiff, ReadOnlySpan<byte> entry, bool isLittle)
    {
        var values = entry[8..];
        var count = UInt32(entry[4..], isLittle);
        var bytes = UInt16(entry[2..], isLittle) switch { Byte => 1, Short => 2, Long => 4, _ => 0 };
        if (bytes == 0 || count == 0)
        {
            return null;
        }

        // More than four bytes are elsewhere, and here is where.
        if (count > 4 / bytes)
        {
            var at = UInt32(values, isLittle);
            if (at > tiff.Length - bytes)
            {
                return null;
            }

            values = tiff[(int)at..];
        }

        return bytes switch { 1 => values[0], 2 => UInt16(values, isLittle), _ => UInt32(values, isLittle) };
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
