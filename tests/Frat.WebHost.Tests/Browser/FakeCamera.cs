using SkiaSharp;

namespace Frat.WebHost.Tests.Browser;

/// <summary>Video files that Chromium plays instead of a camera: motion JPEG, 640×480.</summary>
internal static class FakeCamera
{
    private const int Frames = 30;
    private const int FaceSide = 300;
    private static readonly SKColor Wall = new(0x6b, 0x7a, 0x73);

    /// <summary>Somebody in front of the camera: a photo in the middle of the picture.</summary>
    public static byte[] Showing(string photo) => Film(canvas => Draw(canvas, photo, 320, 240, FaceSide));

    /// <summary>
    /// One after another before the camera: each photo, or nobody where there is none, for a number of frames. There are 30 in a second,
    /// and after the last one it begins anew.
    /// </summary>
    public static byte[] Playing(params (string? Photo, int Frames)[] scenes) =>
        [.. scenes.SelectMany(scene => Film(canvas => Draw(canvas, scene.Photo, 320, 240, FaceSide), scene.Frames))];

    /// <summary>Somebody near, and somebody else behind.</summary>
    public static byte[] ShowingNearAndBehind(string near, string behind) => Film(canvas =>
    {
        Draw(canvas, near, 220, 240, FaceSide);
        Draw(canvas, behind, 530, 150, FaceSide / 2);
    });

    /// <summary>Nobody.</summary>
    public static byte[] ShowingNobody() => Film(_ => { });

    /// <summary>A face that is drawn, for pictures that may be published. It is nobody's.</summary>
    public static byte[] ShowingDrawnFace() => Film(canvas =>
    {
        Fill(canvas, new SKColor(0x2f, 0x6f, 0x8f), new SKRect(150, 368, 490, 700), 150);
        Fill(canvas, new SKColor(0xd9, 0x9a, 0x78), new SKRect(272, 300, 368, 410), 44);
        Fill(canvas, new SKColor(0x3b, 0x2a, 0x24), new SKRect(206, 82, 434, 330), 112);
        Fill(canvas, new SKColor(0xef, 0xb7, 0x94), new SKRect(224, 122, 416, 366), 96);
        Fill(canvas, new SKColor(0x3b, 0x2a, 0x24), new SKRect(216, 96, 424, 176), 56);
        Fill(canvas, new SKColor(0x2a, 0x20, 0x1c), new SKRect(268, 222, 288, 248), 10);
        Fill(canvas, new SKColor(0x2a, 0x20, 0x1c), new SKRect(352, 222, 372, 248), 10);
        Stroke(canvas, new SKColor(0xc9, 0x86, 0x66), "M320 238 Q334 278 314 282", 6);
        Stroke(canvas, new SKColor(0x9c, 0x4a, 0x3d), "M284 312 Q320 342 356 312", 8);
        Stroke(canvas, new SKColor(0x3b, 0x2a, 0x24), "M262 206 Q278 196 294 204 M346 204 Q362 196 378 206", 7);
    });

    private static void Draw(SKCanvas canvas, string? photo, float x, float y, int size)
    {
        if (photo is null)
        {
            return;
        }

        using var face = SKBitmap.Decode(photo);
        var side = Math.Max(face.Width, face.Height);
        var (width, height) = (size * face.Width / (float)side, size * face.Height / (float)side);
        using var image = SKImage.FromBitmap(face);
        canvas.DrawImage(
            image, SKRect.Create(x - (width / 2), y - (height / 2), width, height), new SKSamplingOptions(SKCubicResampler.Mitchell));
    }

    private static void Fill(SKCanvas canvas, SKColor color, SKRect box, float radius)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawRoundRect(box, radius, radius, paint);
    }

    private static void Stroke(SKCanvas canvas, SKColor color, string path, float width)
    {
        using var line = SKPath.ParseSvgPathData(path);
        using var paint = new SKPaint
        {
            Color = color, IsAntialias = true, IsStroke = true, StrokeWidth = width, StrokeCap = SKStrokeCap.Round
        };
        canvas.DrawPath(line, paint);
    }

    private static byte[] Film(Action<SKCanvas> draw, int frames = Frames)
    {
        using var surface = SKSurface.Create(new SKImageInfo(640, 480));
        surface.Canvas.Clear(Wall);
        draw(surface.Canvas);
        using var picture = surface.Snapshot();
        using var frame = picture.Encode(SKEncodedImageFormat.Jpeg, 95);
        return [.. Enumerable.Repeat(frame.ToArray(), frames).SelectMany(bytes => bytes)];
    }
}
