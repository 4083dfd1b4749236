using System.Buffers.Binary;
using SkiaSharp;

namespace Frat;

/// <summary>Reads the one field of EXIF data (EXIF 2.3, TIFF 6.0) that matters for faces: where the picture's first row and column belong.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort Short = 3;
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

        if (tiff.Length < 8 || (isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..])) is var first && first > tiff.Length - 2)
        {
            return SKEncodedOrigin.TopLeft;
        }

        var directory = tiff[(int)first..];
        var entries = UInt16(directory, isLittle);
        directory = directory[2..];
        for (; entries > 0 && directory.Length >= EntryBytes; entries--, directory = directory[EntryBytes..])
        {
            if (UInt16(directory, isLittle) == Tag && UInt16(directory[2..], isLittle) == Short)
            {
                var value = UInt16(directory[8..], isLittle);
                return value is >= 1 and <= 8 ? (SKEncodedOrigin)value : SKEncodedOrigin.TopLeft;
            }
        }

        return SKEncodedOrigin.TopLeft;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
