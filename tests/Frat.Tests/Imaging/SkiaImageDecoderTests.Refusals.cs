using System.Security.Cryptography;
using Frat.TestKit;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat.Imaging;

public sealed partial class SkiaImageDecoderTests
{
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
}
