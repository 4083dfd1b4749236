using SkiaSharp;

namespace Frat;

/// <summary>
/// A drawing of a face: nobody's, and yet one that detectors take for a face. So the way of a check-in can be gone to its end, landmarks
/// and encoding included, where there is no photo of a person to go it with.
/// </summary>
internal static class DrawnFace
{
    private const int Width = 640;
    private const int Height = 480;
    private const int Quality = 90;
    private const float Softness = 3; // In pixels: no photo has edges as sharp as a drawing's.
    private const float Left = 272;
    private const float Right = 368;
    private const float Eyes = 226;

    /// <summary>A JPEG of a camera's usual size.</summary>
    public static byte[] ToJpeg()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        using (var soft = new SKPaint { ImageFilter = SKImageFilter.CreateBlur(Softness, Softness) })
        {
            canvas.Clear(Grey);
            canvas.SaveLayer(soft);
            Draw(canvas);
            canvas.Restore();
        }

        using var file = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return file.ToArray();
    }

    private static SKColor Grey => new(0xB8, 0xBC, 0xC0);

    private static SKColor Hair => new(0x3A, 0x2A, 0x20);

    private static SKColor Skin => new(0xD8, 0xAE, 0x90);

    private static SKColor Shade => new(0xB4, 0x8A, 0x70);

    private static SKColor White => new(0xF0, 0xEC, 0xE8);

    private static SKColor Dark => new(0x2A, 0x1C, 0x14);

    private static void Draw(SKCanvas canvas)
    {
        using var paint = new SKPaint { IsAntialias = true };
        Oval(320, 225, 112, 150, Hair);
        Oval(320, 245, 100, 135, Skin);
        foreach (var x in (ReadOnlySpan<float>)[Left, Right])
        {
            Oval(x, 222, 34, 20, Shade);
            Oval(x, Eyes, 24, 11, White);
            Oval(x, Eyes, 10, 10, Dark);
        }

        Path("M236 200 Q268 182 302 198 L302 206 Q268 194 236 210Z", Hair, width: 0); // The brows.
        Path("M404 200 Q372 182 338 198 L338 206 Q372 194 404 210Z", Hair, width: 0);
        Path("M248 222 Q272 208 296 224", Dark, width: 5); // The lids.
        Path("M392 222 Q368 208 344 224", Dark, width: 5);
        Path("M308 225 Q304 270 296 284 Q320 300 344 284 Q336 270 332 225", Shade, width: 0); // The nose.
        Path("M298 284 Q308 296 320 290 Q332 296 342 284", new(0x8A, 0x5C, 0x48), width: 6);
        Path("M276 322 Q320 306 364 322 Q320 352 276 322Z", new(0xA0, 0x50, 0x48), width: 0); // The mouth.
        Path("M276 322 Q320 328 364 322", new(0x60, 0x28, 0x20), width: 5);

        void Oval(float x, float y, float width, float height, SKColor color)
        {
            (paint.Color, paint.Style) = (color, SKPaintStyle.Fill);
            canvas.DrawOval(x, y, width, height, paint);
        }

        void Path(string data, SKColor color, float width)
        {
            using var path = SKPath.ParseSvgPathData(data);
            (paint.Color, paint.Style, paint.StrokeWidth) = (color, width > 0 ? SKPaintStyle.Stroke : SKPaintStyle.Fill, width);
            canvas.DrawPath(path, paint);
        }
    }
}
