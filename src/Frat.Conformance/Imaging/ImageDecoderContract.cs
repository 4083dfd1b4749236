using SkiaSharp;

namespace Frat.Conformance;

/// <summary>
/// What every <see cref="IImageDecoder"/> promises, with its default limits. Derive a public class, and give it the decoder.
/// </summary>
public abstract class ImageDecoderContract
{
    // Red and green above, blue and white below.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR42mP4z8DAAMIM/4EAAB/uBfvxq7p3AAAAAElFTkSuQmCC");

    /// <summary>Makes the decoder.</summary>
    protected abstract IImageDecoder Create();

    [Fact]
    public async Task DecodeAsync_Png_GivesItsPixels()
    {
        using var image = await Create().DecodeAsync(MakePng());

        (image.Width, image.Height).ShouldBe((2, 2));
        image.Pixels.ToArray().ShouldBe([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
    }

    [Fact]
    public async Task DecodeAsync_Stream_GivesWhatMemoryGivesAndLeavesItOpen()
    {
        var decoder = Create();
        using var stream = new MemoryStream([7, 7, 7, .. MakePng()]);
        stream.Position = 3;

        using var image = await decoder.DecodeAsync(stream);
        using var expected = await decoder.DecodeAsync(MakePng());

        image.Pixels.SequenceEqual(expected.Pixels).ShouldBeTrue();
        stream.CanRead.ShouldBeTrue();
    }

    // Red at the left in the file, and turned by the camera: red comes to lie where the orientation says.
    [Theory]
    [InlineData(1, 64, 32, 8, 16)]
    [InlineData(2, 64, 32, 56, 16)]
    [InlineData(3, 64, 32, 56, 16)]
    [InlineData(6, 32, 64, 16, 8)]
    [InlineData(8, 32, 64, 16, 56)]
    public async Task DecodeAsync_JpegOfATurnedCamera_IsUpright(byte orientation, int width, int height, int redX, int redY)
    {
        using var image = await Create().DecodeAsync(MakeJpeg(orientation));

        (image.Width, image.Height).ShouldBe((width, height));
        var red = image.Row(redY).Slice(redX * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel);
        (red[0] > 200 && red[2] < 60).ShouldBeTrue();
        var (blueX, blueY) = (width - 1 - redX, height - 1 - redY);
        var blue = image.Row(blueY).Slice(blueX * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel);
        (blue[2] > 200 && blue[0] < 60).ShouldBeTrue();
    }

    [Fact]
    public async Task DecodeAsync_NoBytes_SaysEmpty() => await RefusesAsync([], InvalidImageReason.Empty);

    [Theory]
    [InlineData("this is no image")]
    [InlineData("%PDF-1.7")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    public async Task DecodeAsync_NoImage_SaysUnsupported(string text) =>
        await RefusesAsync(System.Text.Encoding.ASCII.GetBytes(text), InvalidImageReason.UnsupportedFormat);

    [Fact]
    public async Task DecodeAsync_CutOffFile_SaysCorrupt()
    {
        var jpeg = MakeJpeg(1);
        await RefusesAsync(MakePng()[..^20], InvalidImageReason.Corrupt);
        await RefusesAsync(jpeg[..(jpeg.Length / 2)], InvalidImageReason.Corrupt);
    }

    // Its header alone is read: nothing is allocated for what a file only says of itself.
    [Fact]
    public async Task DecodeAsync_HeaderThatSaysMoreThanAnyLimit_IsRefused()
    {
        var png = MakePng();
        new byte[] { 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF }.CopyTo(png, 16);
        var exception = await Should.ThrowAsync<InvalidFaceImageException>(async () => await Create().DecodeAsync(png));
        exception.Reason.ShouldBeOneOf(InvalidImageReason.TooManyPixels, InvalidImageReason.TooCostly, InvalidImageReason.Corrupt);
    }

    [Fact]
    public async Task DecodeAsync_ManyAtOnce_GivesWhatOneCallGives()
    {
        var decoder = Create();
        var jpeg = MakeJpeg(6);
        using var expected = await decoder.DecodeAsync(jpeg);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            using var image = await decoder.DecodeAsync(jpeg);
            image.Pixels.SequenceEqual(expected.Pixels).ShouldBeTrue();
        })));
    }

    [Fact]
    public async Task DecodeAsync_Cancelled_Ends()
    {
        var decoder = Create();

        await Should.ThrowAsync<OperationCanceledException>(
            async () => (await decoder.DecodeAsync(MakePng(), new CancellationToken(canceled: true))).Dispose());
        (await decoder.DecodeAsync(MakePng())).Dispose(); // It works on.
    }

    private async Task RefusesAsync(byte[] file, InvalidImageReason reason)
    {
        var decoder = Create();
        (await Should.ThrowAsync<InvalidFaceImageException>(async () => await decoder.DecodeAsync(file))).Reason.ShouldBe(reason);
        using var stream = new MemoryStream(file);
        (await Should.ThrowAsync<InvalidFaceImageException>(async () => await decoder.DecodeAsync(stream))).Reason.ShouldBe(reason);
    }

    private static byte[] MakePng() => [.. Png];

    // 64×32 pixels, the left half red and the right one blue.
    private static byte[] MakeJpeg(byte orientation)
    {
        using var bitmap = new SKBitmap(64, 32);
        using (var canvas = new SKCanvas(bitmap))
        {
            using var paint = new SKPaint { Color = SKColors.Red };
            canvas.Clear(SKColors.Blue);
            canvas.DrawRect(0, 0, 32, 32, paint);
        }

        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        var jpeg = encoded.ToArray();

        // The segment APP1 behind the first two bytes: a TIFF header, and one entry, the orientation (tag 0x0112, one SHORT).
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8,
                .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }
}
