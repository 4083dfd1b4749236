using System.Buffers.Binary;

namespace Frat;

/// <summary>Turns the samples of a PNG's row into RGB, of 8 bits each, on white where they are transparent.</summary>
internal static class PngPixels
{
    private const int Rgb = RgbImage.BytesPerPixel;

    /// <param name="layout">What the samples are.</param>
    /// <param name="samples">A row, without its filter's number.</param>
    /// <param name="rgb">As many pixels as are wanted.</param>
    public static void ToRgb(PngLayout layout, ReadOnlySpan<byte> samples, Span<byte> rgb)
    {
        if (layout.BitDepth < 8)
        {
            FewBits(layout, samples, rgb);
            return;
        }

        // Of 16 bits, the upper 8 are taken, as libpng and Skia do.
        var wide = layout.BitDepth == 16 ? 2 : 1;
        var transparent = layout.Transparent;
        switch (layout.Color)
        {
            case PngColor.Palette:
                for (var (i, o) = (0, 0); o < rgb.Length; i++, o += Rgb)
                {
                    layout.Palette.AsSpan(samples[i] * Rgb, Rgb).CopyTo(rgb[o..]);
                }

                break;
            case PngColor.Gray:
                for (var (i, o) = (0, 0); o < rgb.Length; i += wide, o += Rgb)
                {
                    var isClear = transparent is not null && Sample(samples[i..], wide) == transparent[0];
                    rgb.Slice(o, Rgb).Fill(isClear ? byte.MaxValue : samples[i]);
                }

                break;
            case PngColor.GrayAlpha:
                for (var (i, o) = (0, 0); o < rgb.Length; i += 2 * wide, o += Rgb)
                {
                    rgb.Slice(o, Rgb).Fill(RgbaPixels.OnWhite(samples[i], samples[i + wide]));
                }

                break;
            case PngColor.Rgb when wide == 1 && transparent is null:
                samples[..rgb.Length].CopyTo(rgb);
                break;
            case PngColor.Rgb:
                for (var (i, o) = (0, 0); o < rgb.Length; i += Rgb * wide, o += Rgb)
                {
                    var isClear = transparent is not null && Sample(samples[i..], wide) == transparent[0]
                        && Sample(samples[(i + wide)..], wide) == transparent[1] && Sample(samples[(i + (2 * wide))..], wide) == transparent[2];
                    for (var channel = 0; channel < Rgb; channel++)
                    {
                        rgb[o + channel] = isClear ? byte.MaxValue : samples[i + (channel * wide)];
                    }
                }

                break;
            default:
                for (var (i, o) = (0, 0); o < rgb.Length; i += 4 * wide, o += Rgb)
                {
                    var alpha = samples[i + (3 * wide)];
                    for (var channel = 0; channel < Rgb; channel++)
                    {
                        var value = samples[i + (channel * wide)];
                        rgb[o + channel] = alpha == byte.MaxValue ? value : RgbaPixels.OnWhite(value, alpha);
                    }
                }

                break;
        }
    }

    // Several pixels in a byte, the first one in its upper bits.
    private static void FewBits(PngLayout layout, ReadOnlySpan<byte> samples, Span<byte> rgb)
    {
        var depth = layout.BitDepth;
        var most = (1 << depth) - 1;
        for (var (bit, o) = (0, 0); o < rgb.Length; bit += depth, o += Rgb)
        {
            var value = (samples[bit >> 3] >> (8 - depth - (bit & 7))) & most;
            if (layout.Color == PngColor.Palette)
            {
                layout.Palette.AsSpan(value * Rgb, Rgb).CopyTo(rgb[o..]);
            }
            else
            {
                var isClear = layout.Transparent is { } transparent && value == (transparent[0] & most);
                rgb.Slice(o, Rgb).Fill(isClear ? byte.MaxValue : (byte)(value * byte.MaxValue / most));
            }
        }
    }

    private static int Sample(ReadOnlySpan<byte> sample, int bytes) => bytes == 1 ? sample[0] : BinaryPrimitives.ReadUInt16BigEndian(sample);
}
