using Frat.TestKit;
using SkiaSharp;

namespace Frat.Benchmarks;

/// <summary>Pictures of one scene with faces in any size, as pixels (PPM) for both sides, or as JPEG.</summary>
internal static class Pictures
{
    private const int JpegQuality = 90;

    /// <summary>Writes the pixels of a scene.</summary>
    public static string Ppm(string folder, int width, int height)
    {
        var path = Path.Combine(folder, $"{width}x{height}.ppm");
        if (!File.Exists(path))
        {
            using var bitmap = Scene(width, height);
            using var file = File.Create(path);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"));
            var pixels = bitmap.GetPixelSpan();
            for (var i = 0; i < width * height; i++)
            {
                file.Write(pixels.Slice(i * 4, RgbImage.BytesPerPixel));
            }
        }

        return path;
    }

    /// <summary>Writes a scene as JPEG.</summary>
    public static string Jpeg(string folder, int width, int height) =>
        Written(folder, $"{width}x{height}.jpg", SKEncodedImageFormat.Jpeg, () => Scene(width, height));

    /// <summary>Writes a scene as PNG.</summary>
    public static string Png(string folder, int width, int height) =>
        Written(folder, $"{width}x{height}.png", SKEncodedImageFormat.Png, () => Scene(width, height));

    /// <summary>Writes a photo of one person, to check in with.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="side">Width and height in pixels.</param>
    /// <param name="format">JPEG, PNG or WebP.</param>
    public static string Portrait(string folder, int side, SKEncodedImageFormat format) =>
        Written(folder, $"portrait-{side}.{format}", format, () => Resize(PortraitAsItIs, side, side));

    /// <summary>The same as WebP without loss, whose decoder has the whole picture in memory.</summary>
    public static string LosslessPortrait(string folder, int side)
    {
        var path = Path.Combine(folder, $"portrait-{side}-lossless.webp");
        if (!File.Exists(path))
        {
            using var bitmap = Resize(PortraitAsItIs, side, side);
            using var pixels = bitmap.PeekPixels();
            // Effort 0: the file is larger, and takes seconds instead of minutes.
            using var data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 0))!;
            File.WriteAllBytes(path, data.ToArray());
        }

        return path;
    }

    /// <summary>The same as PNG whose rows are spread over the file (Adam7).</summary>
    public static string InterlacedPortrait(string folder, int side)
    {
        var path = Path.Combine(folder, $"portrait-{side}-interlaced.png");
        if (!File.Exists(path))
        {
            using var bitmap = Resize(PortraitAsItIs, side, side);
            File.WriteAllBytes(path, PngChunks.Interlaced(side, side, bitmap.GetPixelSpan().ToArray()));
        }

        return path;
    }

    /// <summary>The photo behind <see cref="Portrait"/>, 150 pixels a side.</summary>
    public static string PortraitAsItIs => DebianPhotos.Johns.First().Value[0];

    /// <summary>Reads what <see cref="Ppm"/> wrote.</summary>
    public static RgbImage ReadPpm(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var sides = Path.GetFileNameWithoutExtension(path).Split('x').Select(int.Parse).ToArray();
        return RgbImage.FromPixels(sides[0], sides[1], bytes.AsSpan(bytes.Length - (sides[0] * sides[1] * RgbImage.BytesPerPixel)));
    }

    // A group of people, whose faces are found at every size that is measured.
    private static SKBitmap Scene(int width, int height) =>
        Resize(DebianPhotos.Faces.Single(path => path.EndsWith("2008_002506.jpg", StringComparison.Ordinal)), width, height);

    private static SKBitmap Resize(string path, int width, int height)
    {
        using var photo = SKBitmap.Decode(path);
        return photo.Resize(new SKImageInfo(width, height, SKColorType.Rgba8888), new SKSamplingOptions(SKCubicResampler.Mitchell));
    }

    private static string Written(string folder, string name, SKEncodedImageFormat format, Func<SKBitmap> draw)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            using var bitmap = draw();
            using var file = File.Create(path);
            bitmap.Encode(file, format, JpegQuality);
        }

        return path;
    }
}
