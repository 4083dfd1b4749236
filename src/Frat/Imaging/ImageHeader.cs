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
/// <param name="Cost">What decoding it takes at most.</param>
/// <param name="Origin">Where the first row and column belong; a PNG's is read with its other parts.</param>
internal readonly record struct ImageHeader(
    SKEncodedImageFormat Format, int Width, int Height, ImageCost Cost, SKEncodedOrigin Origin = SKEncodedOrigin.TopLeft)
{
    public long Pixels => (long)Width * Height;

    /// <summary>The scans of a JPEG.</summary>
    public JpegScans? Scans { get; private init; }

    /// <param name="file">The whole file.</param>
    /// <param name="maxSide">The longest side of the result, on which the cost depends.</param>
    /// <exception cref="InvalidFaceImageException">The format isn't supported, or the header is damaged.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> file, int maxSide = ImageDecoderOptions.DefaultMaxSide)
    {
        var format = ImageSignature.Find(file) ?? throw new InvalidFaceImageException(
            InvalidImageReason.UnsupportedFormat, $"The file is no image of a supported format; {ImageSignature.Accepted} are accepted.");
        var header = format switch
        {
            SKEncodedImageFormat.Jpeg => OfJpeg(file, maxSide),
            SKEncodedImageFormat.Png => OfPng(file),
            _ => WebpChunks.ReadHeader(file),
        };
        return header is { Width: > 0, Height: > 0 } ? header : throw CorruptImage.Error("its header can't be read");
    }

    private static ImageHeader OfJpeg(ReadOnlySpan<byte> file, int maxSide)
    {
        if (JpegScans.Read(file) is not { } scans)
        {
            return default;
        }

        var cost = ImageCost.OfJpeg(scans, maxSide, file.Length);
        return new ImageHeader(SKEncodedImageFormat.Jpeg, scans.Width, scans.Height, cost, scans.Origin) { Scans = scans };
    }

    // The signature, and the chunk IHDR, which must be the first. Kinds of pixels that don't exist are refused when the rest is read.
    private static ImageHeader OfPng(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file[12..16].SequenceEqual("IHDR"u8))
        {
            return default;
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]));
        if (width > int.MaxValue || height > int.MaxValue)
        {
            return default;
        }

        var bits = PngLayout.ChannelsOf((PngColor)file[25]) * file[24];
        var cost = ImageCost.OfPng((int)width, (int)height, bits, isInterlaced: file[28] != 0, file.Length);
        return new ImageHeader(SKEncodedImageFormat.Png, (int)width, (int)height, cost);
    }
}
