using System.Buffers.Binary;
using SkiaSharp;

namespace Frat;

/// <summary>The parts of a WebP file (RFC 9649): what of them decides how its first picture looks, and what it takes to decode.</summary>
internal static class WebpChunks
{
    private const int First = 12;
    private const int HeadBytes = 8;
    private const int FrameHeadBytes = 16;

    /// <returns>The header; one without a size where the file can't be read.</returns>
    /// <exception cref="InvalidFaceImageException">The picture is of another size than the file says.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        var canvas = default((int Width, int Height)?);
        var picture = default(Picture?);
        var hasAlpha = false;
        var origin = SKEncodedOrigin.TopLeft;
        for (long at = First; at + HeadBytes <= file.Length;)
        {
            var type = file.Slice((int)at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)at + 4)..]);
            var content = file[((int)at + HeadBytes)..];
            content = content[..(int)Math.Min(length, content.Length)];
            if (at == First && type.SequenceEqual("VP8X"u8) && content.Length >= 10)
            {
                canvas = (UInt24(content[4..]) + 1, UInt24(content[7..]) + 1);
            }
            else if (picture is null && type.SequenceEqual("ANMF"u8) && content.Length > FrameHeadBytes)
            {
                // The first frame: its parts are looked at one by one.
                length = FrameHeadBytes;
            }
            else if (type.SequenceEqual("ALPH"u8))
            {
                hasAlpha |= picture is null;
            }
            else if (type.SequenceEqual("EXIF"u8))
            {
                // Some writers take the mark along that JPEG needs.
                origin = ExifOrientation.Read(content.StartsWith("Exif\0\0"u8) ? content[6..] : content);
            }
            else
            {
                picture ??= Picture.Read(type, content);
            }

            if (canvas is null && at == First && picture is null)
            {
                return default;
            }

            at += HeadBytes + length + (length & 1);
        }

        if (picture is not { } found)
        {
            return default;
        }

        var (width, height) = canvas ?? (found.Width, found.Height);
        if (found.Width > width || found.Height > height)
        {
            throw CorruptImage.Error($"it says {width}×{height} pixels, and its picture {found.Width}×{found.Height}");
        }

        // A frame may be a part of the canvas, all of which is laid out.
        var cost = ImageCost.OfWebp((long)width * height, found.IsLossless, hasAlpha, file.Length);
        return new ImageHeader(SKEncodedImageFormat.Webp, width, height, cost, origin);
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private readonly record struct Picture(int Width, int Height, bool IsLossless)
    {
        public static Picture? Read(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
        {
            if (type.SequenceEqual("VP8L"u8) && content.Length >= 5)
            {
                var sizes = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
                return new Picture((int)(sizes & 0x3FFF) + 1, (int)((sizes >> 14) & 0x3FFF) + 1, IsLossless: true);
            }

            // The upper two bits of both are for scaling, which nobody does.
            return type.SequenceEqual("VP8 "u8) && content.Length >= 10
                ? new Picture(
                    BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF,
                    BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF,
                    IsLossless: false)
                : null;
        }
    }
}
