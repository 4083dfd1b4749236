using System.Buffers.Binary;
using SkiaSharp;

namespace Frat.WebHost.Tests.Browser;

/// <summary>Photos as a phone takes them: many pixels, lying on their side, with a note how to turn them.</summary>
internal static class LargePhotos
{
    /// <summary>A JPEG of 4000×3000 that is upright when it is turned clockwise by a quarter.</summary>
    /// <param name="photo">The face in it.</param>
    /// <param name="length">How many bytes the file has at least.</param>
    public static byte[] OnItsSide(string photo, int length)
    {
        using var face = SKBitmap.Decode(photo);
        using var surface = SKSurface.Create(new SKImageInfo(4000, 3000));
        surface.Canvas.Clear(new SKColor(0x6b, 0x7a, 0x73));
        surface.Canvas.Translate(0, 3000);
        surface.Canvas.RotateDegrees(-90); // From here on, the canvas is 3000 wide and 4000 high.
        using var image = SKImage.FromBitmap(face);
        surface.Canvas.DrawImage(
            image,
            SKRect.Create(500, 1000, 2000, 2000 * face.Height / (float)face.Width),
            new SKSamplingOptions(SKCubicResampler.Mitchell));
        using var picture = surface.Snapshot();
        using var encoded = picture.Encode(SKEncodedImageFormat.Jpeg, 95);
        var jpeg = encoded.AsSpan();

        // An EXIF block with one entry, the orientation (tag 0x112, a short): 6, "turn clockwise by a quarter".
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
        ];

        // Comments make the file as large as one of a camera with little compression.
        var file = new List<byte>([.. jpeg[..2], .. exif]);
        var comment = new byte[65_535];
        (comment[0], comment[1]) = (0xFF, 0xFE);
        BinaryPrimitives.WriteUInt16BigEndian(comment.AsSpan(2), (ushort)(comment.Length - 2));
        while (file.Count + jpeg.Length < length)
        {
            file.AddRange(comment);
        }

        file.AddRange(jpeg[2..]);
        return [.. file];
    }
}
