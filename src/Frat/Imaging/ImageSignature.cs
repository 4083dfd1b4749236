using SkiaSharp;

namespace Frat;

/// <summary>Which format a file is of, by its first bytes. Skia reads more formats than are wanted here.</summary>
internal static class ImageSignature
{
    public const string Accepted = "JPEG, PNG and WebP";

    public static SKEncodedImageFormat? Find(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => SKEncodedImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => SKEncodedImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            SKEncodedImageFormat.Webp,
        _ => null,
    };
}
