using SkiaSharp;

namespace Frat.TestKit;

/// <summary>Pictures made of photos, for what the photos alone don't show: small faces, several people, a camera's frame.</summary>
public static class PhotoCanvas
{
    /// <summary>Draws photos side by side in the middle of a gray picture.</summary>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    /// <param name="side">The side to which each photo is scaled, in pixels.</param>
    /// <param name="photos">The photos' files; none gives an empty picture.</param>
    /// <returns>A JPEG file.</returns>
    public static byte[] Draw(int width, int height, int side, params string[] photos) =>
        Draw(width, height, [.. photos.Select(photo => (photo, side))]);

    /// <summary>Draws photos side by side, each in a size of its own.</summary>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    /// <param name="photos">The photos' files, and the side to which each is scaled, in pixels.</param>
    /// <returns>A JPEG file.</returns>
    public static byte[] Draw(int width, int height, params (string Photo, int Side)[] photos)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(new SKColor(128, 128, 128));
            var left = (width - photos.Sum(photo => photo.Side)) / 2f;
            foreach (var (file, side) in photos)
            {
                using var photo = SKImage.FromEncodedData(file);
                var place = SKRect.Create(left, (height - side) / 2f, side, side);
                canvas.DrawImage(photo, place, new SKSamplingOptions(SKCubicResampler.Mitchell));
                left += side;
            }
        }

        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 92);
        return jpeg.ToArray();
    }
}
