using System.Buffers.Binary;
using Frat.Fuzz.Images;
using Frat.TestKit;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat.Imaging;

/// <summary>What costs more than it weighs is refused by its header; what people have is taken.</summary>
public sealed class ImageCostTests : IDisposable
{
    private readonly SkiaImageDecoder _decoder = new(Options.Create(new ImageDecoderOptions()));

    public void Dispose() => _decoder.Dispose();

    // Depth and kind (0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGBA), and whether it is interlaced. The bytes are those that one
    // repeated row packs to.
    [Theory]
    [InlineData(10_000, 10_000, 1, 0, false)]
    [InlineData(10_000, 10_000, 1, 3, false)]
    [InlineData(10_000, 10_000, 2, 0, false)]
    [InlineData(10_000, 10_000, 4, 3, false)]
    [InlineData(10_000, 10_000, 8, 0, false)]
    [InlineData(10_000, 10_000, 8, 2, false)]
    [InlineData(10_000, 10_000, 16, 6, false)]
    [InlineData(4000, 4000, 16, 6, false)]
    [InlineData(4000, 4000, 8, 2, true)]
    [InlineData(4000, 3000, 16, 6, true)]
    [InlineData(65_000, 300, 16, 6, false)]
    [InlineData(1_000_000, 100, 16, 6, false)]
    [InlineData(100, 1_000_000, 1, 0, false)]
    public async Task DecodeAsync_PngOfRepeatedRows_IsRefusedByItsHeader(int width, int height, byte depth, byte color, bool isInterlaced)
    {
        var rows = (((long)width * depth * PngLayout.ChannelsOf((PngColor)color)) + 7) / 8 * height;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, color, (byte)(isInterlaced ? 1 : 0));

        await ShouldBeTooMuchAsync(PngChunks.File([("IHDR", header), ("IDAT", new byte[rows / 1000]), ("IEND", [])]));
    }

    [Theory]
    [InlineData(4000, 4000, 100)]
    [InlineData(6000, 4000, 20)]
    [InlineData(16_000, 12_000, 2)]
    [InlineData(64, 64, 21)]
    public async Task DecodeAsync_ProgressiveJpegOfManyScans_IsRefusedByItsHeader(int width, int height, int scans)
    {
        await ShouldBeTooMuchAsync(FlatJpeg.Progressive(width, height, scans));
        await ShouldBeTooMuchAsync(FlatJpeg.Progressive(width, height, scans, blocks: 0));
    }

    [Fact]
    public async Task DecodeAsync_HugeJpegWithoutData_IsRefusedByItsHeader()
    {
        await ShouldBeTooMuchAsync(FlatJpeg.Baseline(65_500, 65_500, components: 4, blocks: 10));
        await ShouldBeTooMuchAsync(FlatJpeg.Baseline(14_000, 14_000, components: 4, blocks: 10));
    }

    // A decoder that looks for its place steps over what is reserved, whatever length stands behind it: scans can't be hidden there.
    [Fact]
    public void Read_ScansBehindAReservedMarker_AreCounted()
    {
        var jpeg = FlatJpeg.Progressive(64, 64, scans: 30);
        byte[] reserved = [0xFF, 0x05, 0xFF, 0xF0];
        var first = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 12;

        JpegScans.Read([.. jpeg[..first], .. reserved, .. jpeg[first..]])!.Count.ShouldBe(JpegScans.Max + 1);
    }

    [Fact]
    public async Task DecodeAsync_LosslessWebpOfOneColor_IsRefusedByItsHeader()
    {
        var flat = Webp(4000, 4000, SKWebpEncoderCompression.Lossless);

        flat.Length.ShouldBeLessThan(1000);
        await ShouldBeTooMuchAsync(flat);
        await ShouldBeTooMuchAsync(Animated(4000, 4000, flat[12..], 4000, 4000));
    }

    // The canvas says one thing, the picture in it another.
    [Fact]
    public async Task DecodeAsync_WebpWhoseCanvasLies_IsRefused()
    {
        var large = Webp(4000, 4000, SKWebpEncoderCompression.Lossless);
        (await RefuseAsync(Riff([.. Chunk("VP8X", [0, 0, 0, 0, .. UInt24(15), .. UInt24(15)]), .. large[12..]]))).Reason.ShouldBe(
            InvalidImageReason.Corrupt);
        (await RefuseAsync(Animated(16, 16, large[12..], 4000, 4000))).Reason.ShouldBe(InvalidImageReason.Corrupt);

        var small = Webp(16, 16, SKWebpEncoderCompression.Lossless);
        await ShouldBeTooMuchAsync(Animated(16_000, 16_000, small[12..], 16, 16));
    }

    [Fact]
    public void Read_LossyWebpWithTransparency_CostsBoth()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(64, 48, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(new SKColor(200, 10, 10, 99));
        using var pixels = bitmap.PeekPixels();
        var clear = pixels!.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 80))!.ToArray();

        ImageHeader.Read(clear).Cost.Time.ShouldBe(ImageCost.OfWebp(64 * 48, isLossless: false, hasAlpha: true, clear.Length).Time);
    }

    [Theory]
    [InlineData(3840, 2160, SKEncodedImageFormat.Webp)]
    [InlineData(3840, 2160, SKEncodedImageFormat.Png)]
    [InlineData(2480, 3508, SKEncodedImageFormat.Png)]
    [InlineData(2480, 3508, SKEncodedImageFormat.Webp)]
    [InlineData(4960, 7016, SKEncodedImageFormat.Jpeg)]
    public async Task DecodeAsync_ScreenshotsAndScansOfOneColor_AreTaken(int width, int height, SKEncodedImageFormat format)
    {
        var file = format == SKEncodedImageFormat.Webp
            ? Webp(width, height, SKWebpEncoderCompression.Lossless)
            : Flat(width, height, bitmap => TestImages.Encode(bitmap, format));

        using var image = await _decoder.DecodeAsync(file);

        Math.Max(image.Width, image.Height).ShouldBeInRange(1365, 2048);
    }

    // Phones of today have 108 million pixels, and cameras 24 million, of which programs make progressive JPEGs.
    [Fact]
    public async Task DecodeAsync_PhotosOfTodaysCameras_AreTaken()
    {
        using (var image = await _decoder.DecodeAsync(TestImages.Quarters(12_000, 9000, SKEncodedImageFormat.Jpeg)))
        {
            (image.Width, image.Height).ShouldBe((1500, 1125));
        }

        using (var image = await _decoder.DecodeAsync(FlatJpeg.Progressive(6000, 4000, scans: 8)))
        {
            (image.Width, image.Height).ShouldBe((1500, 1000));
        }
    }

    [Fact]
    public void Allowed_MoreBytes_AllowMoreUpToTheLimit()
    {
        var limit = TimeSpan.FromSeconds(1);

        ImageCost.Allowed(limit, 0).TotalSeconds.ShouldBe(0.25, 0.001);
        ImageCost.Allowed(limit, 3_000_000).TotalSeconds.ShouldBe(0.625, 0.001);
        ImageCost.Allowed(limit, 60_000_000).ShouldBe(limit);
    }

    // Nothing that is taken costs more than what its bytes allow, whatever it is made of.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(20)]
    public void Read_ProgressiveJpegs_CostInProportionToScansAndPixels(int scans)
    {
        var small = ImageHeader.Read(FlatJpeg.Progressive(1000, 800, scans, blocks: 0)).Cost.Time;
        var large = ImageHeader.Read(FlatJpeg.Progressive(2000, 1600, scans, blocks: 0)).Cost.Time;
        var longer = ImageHeader.Read(FlatJpeg.Progressive(2000, 1600, scans + 1, blocks: 0)).Cost.Time;

        (large / small).ShouldBe(4, 0.1);
        longer.ShouldBeGreaterThan(large);
    }

    private static byte[] Flat(int width, int height, Func<SKBitmap, byte[]> encode)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        return encode(bitmap);
    }

    private static byte[] Webp(int width, int height, SKWebpEncoderCompression compression) => Flat(width, height, bitmap =>
    {
        using var pixels = bitmap.PeekPixels();
        return pixels!.Encode(new SKWebpEncoderOptions(compression, 50))!.ToArray();
    });

    private static byte[] Animated(int width, int height, byte[] picture, int frameWidth, int frameHeight) => Riff(
    [
        .. Chunk("VP8X", [2, 0, 0, 0, .. UInt24(width - 1), .. UInt24(height - 1)]), .. Chunk("ANIM", new byte[6]),
        .. Chunk("ANMF", [.. new byte[6], .. UInt24(frameWidth - 1), .. UInt24(frameHeight - 1), 10, 0, 0, 0, .. picture]),
    ]);

    private static byte[] Riff(byte[] chunks) => [.. "RIFF"u8, .. UInt32(chunks.Length + 4), .. "WEBP"u8, .. chunks];

    private static byte[] Chunk(string type, byte[] data) =>
        [.. System.Text.Encoding.ASCII.GetBytes(type), .. UInt32(data.Length), .. data, .. new byte[data.Length % 2]];

    private static byte[] UInt24(int value) => UInt32(value)[..3];

    private static byte[] UInt32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private async Task ShouldBeTooMuchAsync(byte[] file) =>
        (await RefuseAsync(file)).Reason.ShouldBeOneOf(InvalidImageReason.TooCostly, InvalidImageReason.TooManyPixels);

    private async Task<InvalidFaceImageException> RefuseAsync(byte[] file) =>
        await Should.ThrowAsync<InvalidFaceImageException>(async () => (await _decoder.DecodeAsync(file)).Dispose());
}
