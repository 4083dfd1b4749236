using System.Buffers.Binary;
using System.IO.Compression;
using Frat.TestKit;
using SkiaSharp;

namespace Frat.Imaging;

/// <summary>Image files made in code.</summary>
internal static class TestImages
{
    /// <summary>A picture whose four quarters are red, green (right), blue (below) and white.</summary>
    public static SKBitmap Quarters(int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        // Red, green, blue and white as little-endian RGBA.
        var pixels = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * width, width);
            row[..(width / 2)].Fill(y < height / 2 ? 0xFF0000FF : 0xFFFF0000);
            row[(width / 2)..].Fill(y < height / 2 ? 0xFF00FF00 : 0xFFFFFFFF);
        }

        return bitmap;
    }

    /// <summary>Pixels of many values, so that an error shows: opaque noise with a gradient.</summary>
    public static SKBitmap Noise(int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        new Random(3).NextBytes(pixels);
        for (var i = 0; i < pixels.Length; i += 4)
        {
            pixels[i] = (byte)(i / 4 % width * 255 / width);
            pixels[i + 3] = 255;
        }

        return bitmap;
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality = 90)
    {
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public static byte[] Quarters(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = Quarters(width, height);
        return Encode(bitmap, format);
    }

    /// <summary>Puts an EXIF segment (APP1) with nothing but the orientation behind the start of a JPEG.</summary>
    public static byte[] WithOrientation(byte[] jpeg, ushort orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8,
            .. "MM"u8, 0, 42, 0, 0, 0, 8, // big-endian TIFF, the first directory at 8
            0, 1, // one entry: tag 0x0112, type SHORT, one value
            0x01, 0x12, 0, 3, 0, 0, 0, 1, (byte)(orientation >> 8), (byte)orientation, 0, 0,
            0, 0, 0, 0, // no further directory
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>A valid PNG of one colour, whose rows compress to next to nothing.</summary>
    public static byte[] EmptyPng(
        int width, int height, byte bitDepth, byte colorType, int rowBytes, byte[]? palette = null, bool interlaced = false)
    {
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[rowBytes + 1];
            for (var y = 0; y < height; y++)
            {
                zlib.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bitDepth;
        header[9] = colorType;
        header[12] = (byte)(interlaced ? 1 : 0);
        return PngChunks.File(
            [("IHDR", header), .. palette is null ? [] : new[] { ("PLTE", palette) }, ("IDAT", rows.ToArray()), ("IEND", [])]);
    }
}
