using System.Buffers.Binary;
using SkiaSharp;

namespace Frat;

/// <summary>
/// What a file says of its picture, read here and not by a native decoder: a file over a limit never gets to one. The fields are those
/// of ITU-T T.81 (JPEG), the PNG specification, and RFC 9649 (WebP).
/// </summary>
/// <param name="Format">The format, by the first bytes.</param>
/// <param name="Width">Pixels in a row, before the picture is turned upright.</param>
/// <param name="Height">Rows.</param>
/// <param name="NeedsWholePicture">True when decoding holds all pixels or coefficients in memory, however small the result.</param>
internal readonly record struct ImageHeader(SKEncodedImageFormat Format, int Width, int Height, bool NeedsWholePicture)
{
    public long Pixels => (long)Width * Height;

    /// <exception cref="InvalidFaceImageException">The format isn't supported, or the header is damaged.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var format = ImageSignature.Find(file) ?? throw new InvalidFaceImageException(
            InvalidImageReason.UnsupportedFormat, $"The file is no image of a supported format; {ImageSignature.Accepted} are accepted.");
        var header = format switch
        {
            SKEncodedImageFormat.Jpeg => OfJpeg(file),
            SKEncodedImageFormat.Png => OfPng(file),
            _ => OfWebp(file),
        };
        return header is { Width: > 0, Height: > 0 } ? header : throw Corrupt("its header can't be read");
    }

    public static InvalidFaceImageException Corrupt(string why) =>
        new(InvalidImageReason.Corrupt, $"The image is damaged or cut off: {why}.");

    private static ImageHeader OfJpeg(ReadOnlySpan<byte> file)
    {
        var scans = JpegScans.Read(file);
        return scans.Count > JpegScans.Max
            ? throw Corrupt($"it has {scans.Count} scans")
            : new ImageHeader(SKEncodedImageFormat.Jpeg, scans.Width, scans.Height, scans.NeedWholePicture);
    }

    // The signature, and the chunk IHDR, which must be the first. Rows of an interlaced picture are spread over the file.
    private static ImageHeader OfPng(ReadOnlySpan<byte> file) => file.Length >= 33 && file[12..16].SequenceEqual("IHDR"u8)
        ? Sized(
            SKEncodedImageFormat.Png,
            BinaryPrimitives.ReadUInt32BigEndian(file[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(file[20..]),
            needsWholePicture: file[28] != 0)
        : default;

    private static ImageHeader OfWebp(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30)
        {
            return default;
        }

        var content = file[20..];
        if (file[12..16].SequenceEqual("VP8X"u8))
        {
            return Sized(SKEncodedImageFormat.Webp, UInt24(content[4..]) + 1, UInt24(content[7..]) + 1, needsWholePicture: true);
        }

        if (file[12..16].SequenceEqual("VP8L"u8))
        {
            var sizes = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
            return Sized(SKEncodedImageFormat.Webp, (sizes & 0x3FFF) + 1, ((sizes >> 14) & 0x3FFF) + 1, needsWholePicture: true);
        }

        // The upper two bits of both are for scaling, which nobody does.
        return file[12..16].SequenceEqual("VP8 "u8)
            ? Sized(
                SKEncodedImageFormat.Webp,
                BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFFu,
                BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFFu,
                needsWholePicture: true)
            : default;
    }

    private static ImageHeader Sized(SKEncodedImageFormat format, uint width, uint height, bool needsWholePicture) =>
        width <= int.MaxValue && height <= int.MaxValue ? new ImageHeader(format, (int)width, (int)height, needsWholePicture) : default;

    private static uint UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16);
}
