using Frat.TestKit;
using SkiaSharp;

namespace Frat.Tests.Enrollment;

public sealed class PhotoGateTests
{
    private static readonly FaceQuality Fair = new()
    {
        EyeDistance = 50,
        Sharpness = 0.05f,
        Brightness = 0.4f,
        Contrast = 0.1f,
        Clipped = 0,
        Roll = 0,
        Yaw = 0,
        Pitch = 0,
    };

    [Fact]
    public void Judge_NoFaceOrSeveral_SaysSoWhateverTheyLookLike()
    {
        PhotoGate.Judge([], new FratOptions()).ShouldBe(PhotoVerdict.NoFace);
        PhotoGate.Judge([Of(null, 10), Of(null, 200)], new FratOptions()).ShouldBe(PhotoVerdict.SeveralFaces);
    }

    [Fact]
    public void Judge_FairFace_IsGood()
    {
        PhotoGate.Judge([Of(Fair)], new FratOptions()).ShouldBe(PhotoVerdict.Good);
        PhotoGate.Judge([Of(Fair, 63)], new FratOptions()).ShouldBe(PhotoVerdict.FaceTooSmall);
    }

    // What an encoder doesn't judge, the gate doesn't either.
    [Fact]
    public void Judge_FaceWithoutQuality_IsGood() => PhotoGate.Judge([Of(null)], new FratOptions()).ShouldBe(PhotoVerdict.Good);

    [Fact]
    public void Judge_EachLimit_DecidesAtItsValue()
    {
        var options = new FratOptions();

        Verdict(Fair with { Sharpness = options.MinSharpness }).ShouldBe(PhotoVerdict.Good);
        Verdict(Fair with { Sharpness = options.MinSharpness * 0.99f }).ShouldBe(PhotoVerdict.Blurred);
        Verdict(Fair with { Yaw = -options.MaxTurn }).ShouldBe(PhotoVerdict.Good);
        Verdict(Fair with { Yaw = -options.MaxTurn - 1 }).ShouldBe(PhotoVerdict.Turned);
        Verdict(Fair with { Yaw = options.MaxTurn + 1 }).ShouldBe(PhotoVerdict.Turned);
        Verdict(Fair with { Brightness = options.MinBrightness }).ShouldBe(PhotoVerdict.Good);
        Verdict(Fair with { Brightness = options.MinBrightness * 0.99f }).ShouldBe(PhotoVerdict.TooDark);
        Verdict(Fair with { Clipped = options.MaxClipped }).ShouldBe(PhotoVerdict.Good);
        Verdict(Fair with { Clipped = options.MaxClipped + 0.01f, Brightness = 0.3f }).ShouldBe(PhotoVerdict.TooDark);
        Verdict(Fair with { Clipped = options.MaxClipped + 0.01f, Brightness = 0.8f }).ShouldBe(PhotoVerdict.TooBright);

        PhotoVerdict Verdict(FaceQuality quality) => PhotoGate.Judge([Of(quality)], options);
    }

    [Fact]
    public void Judge_AllLimitsOff_TakesAnyFace()
    {
        var options = new FratOptions { MinSharpness = 0, MaxTurn = 90, MinBrightness = 0, MaxClipped = 1 };

        PhotoGate.Judge([Of(Fair with { Sharpness = 0, Yaw = 90, Brightness = 0, Clipped = 1 })], options).ShouldBe(PhotoVerdict.Good);
    }

    // The defaults were chosen by these photos: at any size, sharpness is 0.009 and above, the turn 26 degrees and below, brightness 0.24
    // and above.
    [Theory]
    [InlineData(150)]
    [InlineData(450)]
    public async Task AssessAsync_Johns_AllAreGood(int side)
    {
        await using var host = await FratHost.StartAsync();
        foreach (var photo in DebianPhotos.Johns.Values.SelectMany(photos => photos))
        {
            var file = side == 150 ? await File.ReadAllBytesAsync(photo) : Drawn(photo, side);
            (await host.Enrollment.AssessAsync(file)).Verdict.ShouldBe(PhotoVerdict.Good, photo);
        }
    }

    [Fact]
    public async Task AssessAsync_PhotosThatAreSpoilt_NamesWhatIsWrong()
    {
        await using var host = await FratHost.StartAsync();
        var photo = DebianPhotos.Johns["John_Schneider"][0];

        (await host.Enrollment.AssessAsync(Drawn(photo, 300, blur: 8))).Verdict.ShouldBe(PhotoVerdict.Blurred);
        (await host.Enrollment.AssessAsync(Drawn(photo, 300, light: 0.08f))).Verdict.ShouldBe(PhotoVerdict.TooDark);
        (await host.Enrollment.AssessAsync(Drawn(photo, 300, light: 2.6f))).Verdict.ShouldBe(PhotoVerdict.TooBright);
    }

    private static Face Of(FaceQuality? quality, int side = 100) => new()
    {
        Box = new FaceBox(0, 0, side - 1, side - 1),
        Score = 1,
        Landmarks = new FaceLandmarks(LandmarkScheme.EyeCorners, new FacePoint[5]),
        Encoding = new FaceEncoding("test", new float[1]),
        Quality = quality,
    };

    private static byte[] Drawn(string photo, int side, float blur = 0, float light = 1)
    {
        using var bitmap = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        using (var image = SKImage.FromEncodedData(photo))
        using (var paint = new SKPaint())
        {
            paint.ImageFilter = blur > 0 ? SKImageFilter.CreateBlur(blur, blur, SKShaderTileMode.Clamp) : null;
            paint.ColorFilter = SKColorFilter.CreateColorMatrix([light, 0, 0, 0, 0, 0, light, 0, 0, 0, 0, 0, light, 0, 0, 0, 0, 0, 1, 0]);
            canvas.DrawImage(image, SKRect.Create(side, side), new SKSamplingOptions(SKCubicResampler.Mitchell), paint);
        }

        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray();
    }
}
