using System.Buffers;
using System.IO.Compression;

namespace Frat;

/// <summary>
/// Decodes PNG row by row. Native decoders hand a PNG over as a whole, which takes 14 bytes a pixel until it is made smaller; here, two
/// rows and the result are in memory, and all of an interlaced picture, whose rows are spread over the file.
/// </summary>
internal static class PngPicture
{
    // Adam7: the first column and row of a pass, and the steps to the next ones.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Decodes a picture upright, made smaller where its longest side is above <paramref name="maxSide"/>.</summary>
    /// <param name="file">The whole file, whose size is within the limits.</param>
    /// <param name="maxSide">The longest side of the result.</param>
    /// <exception cref="InvalidFaceImageException">The picture is damaged or cut off.</exception>
    public static RgbImage Decode(ReadOnlyMemory<byte> file, int maxSide)
    {
        var layout = PngLayout.Read(file.Span);
        using var packed = new PngData(file, layout.Data);
        using var data = new ZLibStream(packed, CompressionMode.Decompress);
        using var image = new UprightRows(layout.Width, layout.Height, maxSide, layout.Origin);
        var rgb = ArrayPool<byte>.Shared.Rent(layout.Width * RgbImage.BytesPerPixel);
        try
        {
            if (layout.IsInterlaced)
            {
                Gather(layout, data, image);
            }
            else
            {
                var row = rgb.AsMemory(0, layout.Width * RgbImage.BytesPerPixel);
                Read(layout, data, layout.Width, layout.Height, (_, samples) =>
                {
                    PngPixels.ToRgb(layout, samples, row.Span);
                    image.Add(row.Span);
                });
            }

            return image.Take();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidFaceImageException(InvalidImageReason.Corrupt, CorruptImage.Error("its data are damaged").Message, exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rgb, clearArray: true);
        }
    }

    private delegate void RowReader(int number, ReadOnlySpan<byte> samples);

    // Each pass is a small picture of every so many pixels.
    private static void Gather(PngLayout layout, Stream data, UprightRows image)
    {
        using var whole = new RgbImage(layout.Width, layout.Height);
        using var some = new RgbImage(layout.Width, 1);
        foreach (var (left, top, stepX, stepY) in Passes)
        {
            var (width, height) = ((layout.Width - left + stepX - 1) / stepX, (layout.Height - top + stepY - 1) / stepY);
            if (width > 0 && height > 0)
            {
                Read(layout, data, width, height, (number, samples) =>
                {
                    var pixels = some.Pixels[..(width * RgbImage.BytesPerPixel)];
                    PngPixels.ToRgb(layout, samples, pixels);
                    var row = whole.Row(top + (number * stepY));
                    for (var i = 0; i < pixels.Length; i += RgbImage.BytesPerPixel)
                    {
                        pixels.Slice(i, RgbImage.BytesPerPixel).CopyTo(row[((left * RgbImage.BytesPerPixel) + (i * stepX))..]);
                    }
                });
            }
        }

        for (var y = 0; y < layout.Height; y++)
        {
            image.Add(whole.Row(y));
        }
    }

    // Reads the rows of a picture, or of a pass, each with the number of its filter before it.
    private static void Read(PngLayout layout, Stream data, int width, int height, RowReader read)
    {
        var bits = layout.Channels * layout.BitDepth;
        var length = 1 + (int)((((long)width * bits) + 7) / 8);
        var (row, above) = (ArrayPool<byte>.Shared.Rent(length), ArrayPool<byte>.Shared.Rent(length));
        try
        {
            above.AsSpan(0, length).Clear();
            for (var y = 0; y < height; y++)
            {
                if (data.ReadAtLeast(row.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
                {
                    throw CorruptImage.Error("it ends too early");
                }

                PngFilters.Restore(row[0], row.AsSpan(1, length - 1), above.AsSpan(1, length - 1), Math.Max(1, bits / 8));
                read(y, row.AsSpan(1, length - 1));
                (row, above) = (above, row);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(row, clearArray: true);
            ArrayPool<byte>.Shared.Return(above, clearArray: true);
        }
    }
}
