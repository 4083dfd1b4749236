using System.Runtime.Intrinsics;

namespace Frat;

/// <summary>The steps from pixels with transparency to RGB.</summary>
internal static class RgbaPixels
{
    /// <summary>Bytes of a pixel with transparency.</summary>
    public const int Bytes = 4;

    /// <summary>Lays straight (not premultiplied) RGBA pixels on white, in place.</summary>
    public static void LayOnWhite(Span<byte> rgba)
    {
        for (var i = 0; i + Bytes <= rgba.Length; i += Bytes)
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

    /// <summary>A value that lets white through.</summary>
    /// <param name="value">Red, green or blue.</param>
    /// <param name="alpha">0 for white, 255 for <paramref name="value"/>.</param>
    public static byte OnWhite(byte value, byte alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);

    /// <summary>Copies a row of RGBA pixels to RGB.</summary>
    public static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        var i = 0;
        var o = 0;

        // Four pixels a step; 16 bytes are written, of which the next step writes the last 4 again.
        for (; i + 16 <= rgba.Length && o + 16 <= rgb.Length; i += 16, o += 12)
        {
            Vector128.Shuffle(
                Vector128.Create(rgba.Slice(i, 16)), Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15))
                .CopyTo(rgb.Slice(o, 16));
        }

        for (; i + Bytes <= rgba.Length; i += Bytes, o += 3)
        {
            rgba.Slice(i, 3).CopyTo(rgb[o..]);
        }
    }
}
