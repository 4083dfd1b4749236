using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SkiaSharp;

namespace Frat;

/// <summary>The steps from Skia's RGBA pixels to an <see cref="RgbImage"/>.</summary>
internal static class RgbaPixels
{
    private const int RgbaBytes = 4;

    /// <summary>Lays straight (not premultiplied) RGBA pixels on white, in place.</summary>
    public static void LayOnWhite(Span<byte> rgba)
    {
        for (var i = 0; i + RgbaBytes <= rgba.Length; i += RgbaBytes)
        {
            var alpha = rgba[i + 3];
            if (alpha != 255)
            {
                rgba[i] = OnWhite(rgba[i], alpha);
                rgba[i + 1] = OnWhite(rgba[i + 1], alpha);
                rgba[i + 2] = OnWhite(rgba[i + 2], alpha);
                rgba[i + 3] = 255;
            }
        }
    }

    /// <summary>Copies RGBA pixels, without padding between rows, into a new image, turned upright.</summary>
    public static RgbImage ToUpright(ReadOnlySpan<byte> rgba, int width, int height, SKEncodedOrigin origin)
    {
        // Where the first pixel of the result lies in the source, and how far a step right and a step down go, in pixels.
        var (first, right, down) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => ((width * height) - 1, -1, -width),
            SKEncodedOrigin.BottomLeft => (width * (height - 1), 1, -width),
            SKEncodedOrigin.LeftTop => (0, width, 1),
            SKEncodedOrigin.RightTop => (width * (height - 1), -width, 1),
            SKEncodedOrigin.RightBottom => ((width * height) - 1, -width, -1),
            SKEncodedOrigin.LeftBottom => (width - 1, width, -1),
            _ => (0, 1, width),
        };
        var transposed = origin is >= SKEncodedOrigin.LeftTop and <= SKEncodedOrigin.LeftBottom;
        var image = transposed ? new RgbImage(height, width) : new RgbImage(width, height);
        for (var y = 0; y < image.Height; y++)
        {
            var start = first + (y * down);
            if (right == 1)
            {
                DropAlpha(rgba.Slice(start * RgbaBytes, image.Width * RgbaBytes), image.Row(y));
            }
            else
            {
                CopyRow(MemoryMarshal.Cast<byte, uint>(rgba), start, right, image.Row(y));
            }
        }

        return image;
    }

    /// <summary>Copies a row of RGBA pixels to RGB.</summary>
    public static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        var i = 0;
        var o = 0;

        // Four pixels a step; 16 bytes are written, of which the next step writes the last 4 again.
        for (; i + 16 <= rgba.Length && o + 16 <= rgb.Length; i += 16, o += 12)
        {
            Vector128.Shuffle(Vector128.Create(rgba.Slice(i, 16)), Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15))
                .CopyTo(rgb.Slice(o, 16));
        }

        for (; i + RgbaBytes <= rgba.Length; i += RgbaBytes, o += 3)
        {
            rgba.Slice(i, 3).CopyTo(rgb[o..]);
        }
    }

    private static void CopyRow(ReadOnlySpan<uint> rgba, int from, int step, Span<byte> rgb)
    {
        for (var o = 0; o < rgb.Length; o += 3, from += step)
        {
            MemoryMarshal.AsBytes(rgba.Slice(from, 1))[..3].CopyTo(rgb[o..]);
        }
    }

    private static byte OnWhite(byte value, byte alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);
}
