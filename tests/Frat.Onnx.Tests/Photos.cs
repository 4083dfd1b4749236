using Frat.TestKit;
using SkiaSharp;

namespace Frat.Onnx.Tests;

/// <summary>Debian's photos as pixels.</summary>
internal static class Photos
{
    /// <summary>A photo by its path below Debian's folder of examples; the caller disposes it.</summary>
    public static RgbImage Load(string file)
    {
        var path = Path.Combine(Path.GetDirectoryName(DebianPhotos.JohnsFolder)!, file);
        using var codec = SKCodec.Create(path);
        using var bitmap = SKBitmap.Decode(
            path, new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var image = new RgbImage(bitmap.Width, bitmap.Height);
        var from = bitmap.GetPixelSpan();
        var to = image.Pixels;
        for (var i = 0; i < bitmap.Width * bitmap.Height; i++)
        {
            from.Slice(i * 4, RgbImage.BytesPerPixel).CopyTo(to[(i * RgbImage.BytesPerPixel)..]);
        }

        return image;
    }

    /// <summary>An image with left and right exchanged.</summary>
    public static RgbImage Mirror(RgbImage image)
    {
        var mirrored = new RgbImage(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                image.Row(y).Slice((image.Width - 1 - x) * 3, 3).CopyTo(mirrored.Row(y)[(x * 3)..]);
            }
        }

        return mirrored;
    }

    /// <summary>Copies an image into another one.</summary>
    public static void Draw(RgbImage image, RgbImage onto, int left, int top)
    {
        for (var y = 0; y < image.Height; y++)
        {
            image.Row(y).CopyTo(onto.Row(top + y)[(left * 3)..]);
        }
    }
}
