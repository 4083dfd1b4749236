using System.Security.Cryptography;
using Frat.TestKit;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat.Imaging;

public sealed class SkiaImageDecoderTests : IDisposable
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
    public async Task DecodeAsync_Empty_SaysSo()
    {
        await ShouldBeRefusedAsync([], InvalidImageReason.Empty);
        using var stream = new UnseekableStream([]);
        (await Should.ThrowAsync<InvalidFaceImageException>(async () => await _decoder.DecodeAsync(stream))).Reason.ShouldBe(
            InvalidImageReason.Empty);
    }

    [Theory]
    [InlineData("This is a text file, whatever its name says.")]
    [InlineData("GIF89a\u0001\0\u0001\0\0\0\0;")]
    [InlineData("BM")]
    [InlineData("RIFF....WAVEfmt ")]
    [InlineData("x")]
    public async Task DecodeAsync_OtherFormats_NamesTheAcceptedOnes(string content)
    {
        var e = await ShouldBeRefusedAsync(System.Text.Encoding.ASCII.GetBytes(content), InvalidImageReason.UnsupportedFormat);

        e.Message.ShouldContain("JPEG, PNG and WebP");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task DecodeAsync_CutOff_IsCorrupt(SKEncodedImageFormat format)
    {
        using var bitmap = TestImages.Noise(300, 200);
        var file = TestImages.Encode(bitmap, format);

        foreach (var percent in new[] { 0, 1, 10, 50, 90, 98 })
        {
            await ShouldBeRefusedAsync(file[..Math.Max(12, file.Length * percent / 100)], InvalidImageReason.Corrupt);
        }
    }

    [Fact]
    public async Task DecodeAsync_PngBomb_IsRefusedByItsHeader()
    {
        var bomb = TestImages.EmptyPng(20_000, 20_000, bitDepth: 1, colorType: 0, rowBytes: 2500);

        var e = await ShouldBeRefusedAsync(bomb, InvalidImageReason.TooManyPixels);

        bomb.Length.ShouldBeLessThan(1_000_000);
        e.Message.ShouldBe("The image has 20000×20000 pixels; at most 200000000 are accepted.");
    }

    [Fact]
    public async Task DecodeAsync_PngThatNeedsTooMuchMemory_IsRefusedByItsHeader()
    {
        var e = await ShouldBeRefusedAsync(
            TestImages.EmptyPng(10_000, 6000, bitDepth: 1, colorType: 0, rowBytes: 1250, interlaced: true),
            InvalidImageReason.TooManyPixels);

        e.Message.ShouldContain("10000×6000 pixels, and so decoding it takes 171 MiB; 143 are allowed for an interlaced PNG");
    }

    [Fact]
    public async Task DecodeAsync_PngOfVeryLongRows_IsRefusedByItsHeader()
    {
        var e = await ShouldBeRefusedAsync(
            TestImages.EmptyPng(65_536, 1, bitDepth: 1, colorType: 0, rowBytes: 8192), InvalidImageReason.TooManyPixels);

        e.Message.ShouldContain("65536×1 pixels; a PNG may have at most 65535 in a row or column");
    }

    [Fact]
    public async Task DecodeAsync_TooManyBytes_StopsReading()
    {
        using var decoder = Decoder(options => options.MaxBytes = 100_000);
        using var stream = new UnseekableStream(new byte[10_000_000]);

        var e = await Should.ThrowAsync<InvalidFaceImageException>(async () => await decoder.DecodeAsync(stream));

        e.Reason.ShouldBe(InvalidImageReason.TooManyBytes);
        stream.BytesRead.ShouldBeLessThan(300_000);
        (await Should.ThrowAsync<InvalidFaceImageException>(async () => await decoder.DecodeAsync(new byte[100_001]))).Reason
            .ShouldBe(InvalidImageReason.TooManyBytes);
    }

    [Fact]
    public async Task DecodeAsync_JpegOfVeryManyScans_IsRefused()
    {
        var jpeg = TestImages.Quarters(64, 64, SKEncodedImageFormat.Jpeg);
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0];

        var e = await ShouldBeRefusedAsync(
            [.. jpeg[..^2], .. Enumerable.Repeat(scan, 200).SelectMany(bytes => bytes), 0xFF, 0xD9], InvalidImageReason.TooCostly);

        e.Message.ShouldContain("more than the 20 scans");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task DecodeAsync_MutatedBytes_DecodesOrRefuses(SKEncodedImageFormat format)
    {
        using var bitmap = TestImages.Noise(64, 48);
        var file = TestImages.Encode(bitmap, format);
        var random = new Random(20_000 + (int)format);
        var refused = 0;
        for (var round = 0; round < 1500; round++)
        {
            var mutated = (byte[])file.Clone();
            var header = round % 2 == 0 ? Math.Min(700, file.Length) : file.Length;
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                mutated[random.Next(header)] = (byte)random.Next(256);
            }

            try
            {
                using var image = await _decoder.DecodeAsync(mutated);
                Math.Max(image.Width, image.Height).ShouldBeLessThanOrEqualTo(2048);
            }
            catch (InvalidFaceImageException)
            {
                refused++;
            }
        }

        refused.ShouldBeInRange(1, 1499);
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
