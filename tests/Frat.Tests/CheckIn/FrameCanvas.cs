using SkiaSharp;

namespace Frat.Tests.CheckIn;

/// <summary>Frames of a camera, made of photos: somebody at a place of the picture, in the dark, or out of focus.</summary>
internal static class FrameCanvas
{
    /// <summary>Draws photos from the left to the right, each in a size of its own; null leaves its place empty.</summary>
    public static byte[] Draw(int width, int height, params (string? Photo, int Side)[] places)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(new SKColor(128, 128, 128));
            var left = 0f;
            foreach (var (file, side) in places)
            {
                if (file is not null)
                {
                    using var photo = SKImage.FromEncodedData(file);
                    var place = SKRect.Create(left, (height - side) / 2f, side, side);
                    canvas.DrawImage(photo, place, new SKSamplingOptions(SKCubicResampler.Mitchell));
                }

                left += side;
            }
        }

        return Encode(bitmap);
    }

    /// <summary>A photo with so much of its light, blurred by so many pixels.</summary>
    public static byte[] Dim(string file, float light, float blur)
    {
        using var photo = SKImage.FromEncodedData(file);
        using var bitmap = new SKBitmap(photo.Width, photo.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint())
        {
            paint.ColorFilter = SKColorFilter.CreateColorMatrix(
                [light, 0, 0, 0, 0, 0, light, 0, 0, 0, 0, 0, light, 0, 0, 0, 0, 0, 1, 0]);
            paint.ImageFilter = blur > 0 ? SKImageFilter.CreateBlur(blur, blur) : null;
            canvas.DrawImage(photo, 0, 0, new SKSamplingOptions(SKCubicResampler.Mitchell), paint);
        }

        return Encode(bitmap);
    }

    private static byte[] Encode(SKBitmap bitmap)
    {
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        return jpeg.ToArray();
    }
}
