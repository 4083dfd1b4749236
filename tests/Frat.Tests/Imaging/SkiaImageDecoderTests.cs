using System.Security.Cryptography;
using Frat.TestKit;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat.Imaging;

public sealed partial class SkiaImageDecoderTests : IDisposable
{
    private readonly SkiaImageDecoder _decoder = Decoder();

    public static TheoryData<SKEncodedImageFormat> Formats { get; } =
        new(SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp);

    public void Dispose() => _decoder.Dispose();

    [Fact]
    public async Task DecodeAsync_DebianPhotos_GivesTheBytesOfLibjpegTurbo()
    {
        // SHA-256 over the pixels of all 55 + 12 photos, in order, of `djpeg -rgb -ppm` of libjpeg-turbo 2.1.5.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var photo in DebianPhotos.Johns.Values.SelectMany(photos => photos).Concat(DebianPhotos.Faces))
        {
            using var image = await _decoder.DecodeAsync(await File.ReadAllBytesAsync(photo));
            hash.AppendData(image.Pixels);
        }

        Convert.ToHexStringLower(hash.GetHashAndReset()).ShouldBe("0796e327768bde452cd043c4a5cb71b50022a24b387c6826900cd0e757738200");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 7)]
    [InlineData(17, 3)]
    [InlineData(641, 31)]
    public async Task DecodeAsync_LosslessPng_GivesEveryPixel(int width, int height)
    {
        using var bitmap = TestImages.Noise(width, height);

        using var image = await _decoder.DecodeAsync(TestImages.Encode(bitmap, SKEncodedImageFormat.Png));

        (image.Width, image.Height).ShouldBe((width, height));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                At(image, x, y).ShouldBe(bitmap.GetPixel(x, y));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task DecodeAsync_EachFormat_FromAStreamWithoutLength(SKEncodedImageFormat format)
    {
        using var stream = new UnseekableStream(TestImages.Quarters(200, 100, format));

        using var image = await _decoder.DecodeAsync(stream);

        (image.Width, image.Height).ShouldBe((200, 100));
        ShouldBeNear(At(image, 50, 25), SKColors.Red);
        ShouldBeNear(At(image, 150, 25), SKColors.Lime);
        ShouldBeNear(At(image, 50, 75), SKColors.Blue);
        ShouldBeNear(At(image, 150, 75), SKColors.White);
    }

    // The quarters, from the top left, row by row, as EXIF 2.3 defines the orientations.
    [Theory]
    [InlineData(1, 200, 100, "RGBW")]
    [InlineData(2, 200, 100, "GRWB")]
    [InlineData(3, 200, 100, "WBGR")]
    [InlineData(4, 200, 100, "BWRG")]
    [InlineData(5, 100, 200, "RBGW")]
    [InlineData(6, 100, 200, "BRWG")]
    [InlineData(7, 100, 200, "WGBR")]
    [InlineData(8, 100, 200, "GWRB")]
    [InlineData(9, 200, 100, "RGBW")]
    public async Task DecodeAsync_ExifOrientation_IsUpright(ushort orientation, int width, int height, string quarters)
    {
        var jpeg = TestImages.WithOrientation(TestImages.Quarters(200, 100, SKEncodedImageFormat.Jpeg), orientation);

        using var image = await _decoder.DecodeAsync(jpeg);

        (image.Width, image.Height).ShouldBe((width, height));
        (int X, int Y)[] middles = [
            (width / 4, height / 4), (width * 3 / 4, height / 4), (width / 4, height * 3 / 4), (width * 3 / 4, height * 3 / 4)
        ];
        for (var i = 0; i < 4; i++)
        {
            ShouldBeNear(At(image, middles[i].X, middles[i].Y), quarters[i] switch
            {
                'R' => SKColors.Red,
                'G' => SKColors.Lime,
                'B' => SKColors.Blue,
                _ => SKColors.White,
            });
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(5, 1)]
    public async Task DecodeAsync_OnePixelWideAndTurned_KeepsAllPixels(int width, int height)
    {
        using var bitmap = TestImages.Noise(width, height);
        var jpeg = TestImages.WithOrientation(TestImages.Encode(bitmap, SKEncodedImageFormat.Jpeg), 6);

        using var image = await _decoder.DecodeAsync(jpeg);

        (image.Width, image.Height).ShouldBe((height, width));
    }

    [Theory]
    [InlineData(4000, 3000, 2000, 1500)]
    [InlineData(4096, 100, 2048, 50)]
    [InlineData(2049, 1000, 2048, 1000)]
    [InlineData(2048, 2048, 2048, 2048)]
    [InlineData(300, 9000, 68, 2048)]
    public async Task DecodeAsync_LargeJpeg_IsScaledWithinTheLimit(int width, int height, int scaledWidth, int scaledHeight)
    {
        using var image = await _decoder.DecodeAsync(TestImages.Quarters(width, height, SKEncodedImageFormat.Jpeg));

        (image.Width, image.Height).ShouldBe((scaledWidth, scaledHeight));
        ShouldBeNear(At(image, image.Width / 4, image.Height / 4), SKColors.Red);
        ShouldBeNear(At(image, image.Width * 3 / 4, image.Height * 3 / 4), SKColors.White);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task DecodeAsync_LargeLosslessPicture_IsScaledToTheLimit(SKEncodedImageFormat format)
    {
        using var image = await _decoder.DecodeAsync(TestImages.Quarters(5000, 2500, format));

        (image.Width, image.Height).ShouldBe((2048, 1024));
        ShouldBeNear(At(image, 2047, 0), SKColors.Lime);
        ShouldBeNear(At(image, 0, 1023), SKColors.Blue);
    }

    [Fact]
    public async Task DecodeAsync_Transparency_LiesOnWhite()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.SetPixel(0, 0, SKColors.Black.WithAlpha(0));
        bitmap.SetPixel(1, 0, SKColors.Black.WithAlpha(51));

        using var image = await _decoder.DecodeAsync(TestImages.Encode(bitmap, SKEncodedImageFormat.Png));

        image.Pixels.ToArray().ShouldBe([255, 255, 255, 204, 204, 204]);
    }

    // Bit depth, colour type (0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGBA), and what zero means there.
    [Theory]
    [InlineData(1, 0, 2, 0)]
    [InlineData(8, 0, 16, 0)]
    [InlineData(16, 0, 32, 0)]
    [InlineData(16, 2, 96, 0)]
    [InlineData(8, 3, 16, 77)]
    [InlineData(16, 4, 64, 255)]
    [InlineData(16, 6, 128, 255)]
    public async Task DecodeAsync_EachKindOfPng_IsRead(byte bitDepth, byte colorType, int rowBytes, byte expected)
    {
        var palette = colorType == 3 ? new byte[] { 77, 77, 77 } : null;

        using var image = await _decoder.DecodeAsync(TestImages.EmptyPng(16, 16, bitDepth, colorType, rowBytes, palette));

        image.Pixels.ToArray().ShouldAllBe(value => value == expected);
    }

    [Fact]
    public async Task DecodeAsync_SixteenAtOnce_AllSucceed()
    {
        var file = TestImages.Quarters(3000, 2000, SKEncodedImageFormat.Png);

        var images = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _decoder.DecodeAsync(file).AsTask()));

        foreach (var image in images)
        {
            ShouldBeNear(At(image, 0, 0), SKColors.Red);
            image.Dispose();
        }
    }

    [Fact]
    public async Task DecodeAsync_Cancelled_Throws()
    {
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await _decoder.DecodeAsync(TestImages.Quarters(10, 10, SKEncodedImageFormat.Png), new CancellationToken(canceled: true)));
    }

    private static SkiaImageDecoder Decoder(Action<ImageDecoderOptions>? configure = null)
    {
        var options = new ImageDecoderOptions();
        configure?.Invoke(options);
        return new SkiaImageDecoder(Options.Create(options));
    }

    private static SKColor At(RgbImage image, int x, int y)
    {
        var pixel = image.Row(y).Slice(x * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel);
        return new SKColor(pixel[0], pixel[1], pixel[2]);
    }

    // JPEG and lossy WebP come near to what went in.
    private static void ShouldBeNear(SKColor actual, SKColor expected)
    {
        Math.Abs(actual.Red - expected.Red).ShouldBeLessThanOrEqualTo(8);
        Math.Abs(actual.Green - expected.Green).ShouldBeLessThanOrEqualTo(8);
        Math.Abs(actual.Blue - expected.Blue).ShouldBeLessThanOrEqualTo(8);
    }

    private async Task<InvalidFaceImageException> ShouldBeRefusedAsync(byte[] file, InvalidImageReason reason)
    {
        var e = await Should.ThrowAsync<InvalidFaceImageException>(async () => (await _decoder.DecodeAsync(file)).Dispose());
        e.Reason.ShouldBe(reason);
        return e;
    }

    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public long BytesRead => Position;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
