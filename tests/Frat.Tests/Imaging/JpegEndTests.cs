using Frat.TestKit;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat.Imaging;

/// <summary>JPEGs whose end mark is missing: whole all the same, or cut.</summary>
public sealed class JpegEndTests : IDisposable
{
    private readonly SkiaImageDecoder _decoder = new(Options.Create(new ImageDecoderOptions()));

    public void Dispose() => _decoder.Dispose();

    // The last two are made smaller while they are decoded: by libjpeg-turbo alone, and by rows as well.
    public static TheoryData<string> Files { get; } = new("johns", "scene", "progressive", "half", "rows");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task DecodeAsync_WithoutEndMark_GivesThePixelsOfTheWholeFile(string name)
    {
        var file = Make(name);
        file[^2..].ShouldBe([0xFF, 0xD9]);
        using var whole = await _decoder.DecodeAsync(file);

        foreach (var other in new[] { file[..^2], file[..^1], [.. file[..^2], 0xFF, 0xFF], [.. file[..^2], .. new byte[40]] })
        {
            using var image = await _decoder.DecodeAsync(other);

            image.Pixels.SequenceEqual(whole.Pixels).ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task DecodeAsync_CutOff_IsRefused(string name)
    {
        var file = Make(name);
        foreach (var length in new[] { file.Length * 9 / 10, file.Length * 97 / 100, file.Length - 60 })
        {
            (await Should.ThrowAsync<InvalidFaceImageException>(
                async () => (await _decoder.DecodeAsync(file.AsMemory(0, length))).Dispose())).Reason.ShouldBe(InvalidImageReason.Corrupt);
        }
    }

    // A progressive one that ends between two scans would decode, coarser than it is.
    [Fact]
    public async Task DecodeAsync_ProgressiveCutBehindAScan_IsRefused()
    {
        var file = Make("progressive");
        var last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);

        (await Should.ThrowAsync<InvalidFaceImageException>(
            async () => (await _decoder.DecodeAsync(file.AsMemory(0, last))).Dispose())).Reason.ShouldBe(InvalidImageReason.Corrupt);
    }

    private static byte[] Make(string name)
    {
        switch (name)
        {
            case "johns":
                return File.ReadAllBytes(DebianPhotos.Johns.Values.First()[0]);
            case "scene":
                return File.ReadAllBytes(DebianPhotos.Faces[0]);
            case "progressive":
                using (var photo = SKBitmap.Decode(DebianPhotos.Johns.Values.First()[1]))
                {
                    return PhotoJpeg.Encode(
                        photo.Width, photo.Height, 3, isProgressive: true, (x, y, component) => Of(photo.GetPixel(x, y), component));
                }

            default:
                return PhotoCanvas.Draw(name == "half" ? 4000 : 2500, 1800, 1700, DebianPhotos.Johns.Values.First()[2]);
        }
    }

    private static byte Of(SKColor color, int component) => component switch { 0 => color.Green, 1 => color.Blue, _ => color.Red };
}
