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
                    var color = samples[i] * Rgb;
                    (rgb[o], rgb[o + 1], rgb[o + 2]) = (layout.Palette[color], layout.Palette[color + 1], layout.Palette[color + 2]);
                }

                break;
            case PngColor.Gray when transparent is null:
                for (var (i, o) = (0, 0); o < rgb.Length; i += wide, o += Rgb)
                {
                    Fill(rgb, o, samples[i]);
                }

                break;
            case PngColor.Gray:
                for (var (i, o) = (0, 0); o < rgb.Length; i += wide, o += Rgb)
                {
                    var isClear = Sample(samples[i..], wide) == transparent[0];
                    Fill(rgb, o, isClear ? byte.MaxValue : samples[i]);
                }

                break;
            case PngColor.GrayAlpha:
                for (var (i, o) = (0, 0); o < rgb.Length; i += 2 * wide, o += Rgb)
                {
                    Fill(rgb, o, RgbaPixels.OnWhite(samples[i], samples[i + wide]));
                }

                break;
            case PngColor.Rgb when wide == 1 && transparent is null:
                samples[..rgb.Length].CopyTo(rgb);
                break;
            case PngColor.Rgb:
                for (var (i, o) = (0, 0); o < rgb.Length; i += Rgb * wide, o += Rgb)
                {
                    var isClear = transparent is not null && Sample(samples[i..], wide) == transparent[0]
                        && Sample(samples[(i + wide)..], wide) == transparent[1]
                        && Sample(samples[(i + (2 * wide))..], wide) == transparent[2];
                    for (var channel = 0; channel < Rgb; channel++)
                    {
                        rgb[o + channel] = isClear ? byte.MaxValue : samples[i + (channel * wide)];
                    }
                }

                break;
            case PngColor.Rgba when wide == 1:
                // Mostly there is nothing to be seen through.
                RgbaPixels.DropAlpha(samples[..(rgb.Length / Rgb * RgbaPixels.Bytes)], rgb);
                for (var (i, o) = (0, 0); o < rgb.Length; i += RgbaPixels.Bytes, o += Rgb)
                {
                    if (samples[i + 3] is not byte.MaxValue and var alpha)
                    {
                        for (var channel = 0; channel < Rgb; channel++)
                        {
                            rgb[o + channel] = RgbaPixels.OnWhite(samples[i + channel], alpha);
                        }
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
        Span<byte> colors = stackalloc byte[(most + 1) * Rgb];
        for (var value = 0; value <= most; value++)
        {
            var isClear = layout.Transparent is { } transparent && value == (transparent[0] & most);
            var gray = isClear ? byte.MaxValue : (byte)(value * byte.MaxValue / most);
            Fill(colors, value * Rgb, gray);
        }

        if (layout.Color == PngColor.Palette)
        {
            layout.Palette.AsSpan(0, colors.Length).CopyTo(colors);
        }

        var o = 0;
        foreach (var sample in samples)
        {
            for (var shift = 8 - depth; shift >= 0 && o < rgb.Length; shift -= depth, o += Rgb)
            {
                var color = ((sample >> shift) & most) * Rgb;
                (rgb[o], rgb[o + 1], rgb[o + 2]) = (colors[color], colors[color + 1], colors[color + 2]);
            }
        }
    }

    private static void Fill(Span<byte> rgb, int at, byte value) => (rgb[at], rgb[at + 1], rgb[at + 2]) = (value, value, value);

    private static int Sample(ReadOnlySpan<byte> sample, int bytes) =>
        bytes == 1 ? sample[0] : BinaryPrimitives.ReadUInt16BigEndian(sample);
}
