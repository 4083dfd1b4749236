using System.Buffers.Binary;
using SkiaSharp;

namespace Frat;

/// <summary>What stands before the pixels of a PNG (W3C's PNG specification, chapter 11), as far as it decides how they look.</summary>
internal sealed class PngLayout
{
    private const int HeaderBytes = 13;
    private const int Colors = 256;

    private PngLayout()
    {
    }

    public int Width { get; private init; }

    public int Height { get; private init; }

    /// <summary>Bits of a sample: 1, 2, 4, 8 or 16.</summary>
    public int BitDepth { get; private init; }

    public PngColor Color { get; private init; }

    public bool IsInterlaced { get; private init; }

    /// <summary>Samples of a pixel.</summary>
    public int Channels => ChannelsOf(Color);

    /// <summary>The colours of a palette, laid on white; any value has one.</summary>
    public byte[] Palette { get; } = new byte[Colors * RgbImage.BytesPerPixel];

    /// <summary>The samples of the colour that is transparent, as deep as those of the pixels.</summary>
    public ushort[]? Transparent { get; private set; }

    /// <summary>Where the first row and column belong.</summary>
    public SKEncodedOrigin Origin { get; private set; } = SKEncodedOrigin.TopLeft;

    /// <summary>Where the first chunk of pixels is.</summary>
    public int Data { get; private set; }

    /// <summary>Reads the chunks before the pixels.</summary>
    /// <exception cref="InvalidFaceImageException">A chunk is damaged, or there are no pixels.</exception>
    public static PngLayout Read(ReadOnlySpan<byte> file)
    {
        var chunk = PngChunk.At(file, PngChunk.First);
        if (!chunk.Is("IHDR"u8) || chunk.Data.Length != HeaderBytes)
        {
            throw CorruptImage.Error("its header can't be read");
        }

        var layout = OfHeader(chunk.Data);
        layout.Origin = PngChunk.FindFirst(file, "eXIf"u8, out var exif) ? ExifOrientation.Read(exif) : SKEncodedOrigin.TopLeft;
        ReadOnlySpan<byte> palette = default;
        ReadOnlySpan<byte> transparency = default;
        for (var next = chunk.End; ; next = chunk.End)
        {
            chunk = PngChunk.At(file, next);
            if (chunk.Is("IDAT"u8))
            {
                layout.Data = next;
                break;
            }

            if (chunk.Is("PLTE"u8))
            {
                palette = chunk.Data;
            }
            else if (chunk.Is("tRNS"u8))
            {
                transparency = chunk.Data;
            }
            else if (chunk.IsCritical)
            {
                throw CorruptImage.Error("it has no pixels, or a part that is not known");
            }
        }

        if (layout.Color == PngColor.Palette)
        {
            layout.FillPalette(palette, transparency);
        }
        else if (layout.Color is PngColor.Gray or PngColor.Rgb && transparency.Length == layout.Channels * sizeof(ushort))
        {
            layout.Transparent = new ushort[layout.Channels];
            for (var i = 0; i < layout.Transparent.Length; i++)
            {
                layout.Transparent[i] = BinaryPrimitives.ReadUInt16BigEndian(transparency[(i * sizeof(ushort))..]);
            }
        }

        return layout;
    }

    /// <summary>Samples of a pixel of a kind.</summary>
    public static int ChannelsOf(PngColor color) => color switch
    {
        PngColor.Rgb => 3,
        PngColor.GrayAlpha => 2,
        PngColor.Rgba => 4,
        _ => 1,
    };

    private static PngLayout OfHeader(ReadOnlySpan<byte> header)
    {
        var (depth, color) = (header[8], (PngColor)header[9]);
        var isKnown = color switch
        {
            PngColor.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => depth is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GrayAlpha or PngColor.Rgba => depth is 8 or 16,
            _ => false,
        };
        return isKnown && header[10] == 0 && header[11] == 0 && header[12] <= 1
            ? new PngLayout
            {
                Width = BinaryPrimitives.ReadInt32BigEndian(header),
                Height = BinaryPrimitives.ReadInt32BigEndian(header[4..]),
                BitDepth = depth,
                Color = color,
                IsInterlaced = header[12] == 1,
            }
            : throw CorruptImage.Error("its header can't be read");
    }

    // libpng's users, Skia among them, give the last colour to numbers behind the end.
    private void FillPalette(ReadOnlySpan<byte> colors, ReadOnlySpan<byte> transparency)
    {
        var count = Math.Min(colors.Length / RgbImage.BytesPerPixel, 1 << BitDepth);
        if (count == 0)
        {
            throw CorruptImage.Error("it has no palette");
        }

        for (var i = 0; i < Colors; i++)
        {
            var color = Math.Min(i, count - 1);
            for (var channel = 0; channel < RgbImage.BytesPerPixel; channel++)
            {
                Palette[(i * RgbImage.BytesPerPixel) + channel] = RgbaPixels.OnWhite(
                    colors[(color * RgbImage.BytesPerPixel) + channel], color < transparency.Length ? transparency[color] : byte.MaxValue);
            }
        }
    }
}

/// <summary>The kinds of pixels, by their numbers in the file.</summary>
internal enum PngColor
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}
