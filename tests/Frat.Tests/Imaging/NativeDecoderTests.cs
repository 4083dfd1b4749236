using Frat.TestKit;
using SkiaSharp;

namespace Frat.Imaging;

public sealed class NativeDecoderTests
{
    // One way leads to native code, and SkiaImageDecoder goes it only behind the limits. Its types give away what is used of Skia.
    // The contracts of Frat.Conformance, which are tests, make pictures with it; they open none.
    [Fact]
    public void Sources_ThatNameSkia_AreTheDecodersOwn() =>
        Sources().Where(file => File.ReadAllText(file).Contains("SkiaSharp", StringComparison.Ordinal))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("Frat.Conformance"))
            .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
            .ShouldBe([
                "DrawnFace.cs", // It draws, for the warm-up, and decodes nothing.
                "EncodedPicture.cs",
                "ExifOrientation.cs",
                "ImageHeader.cs",
                "ImageSignature.cs",
                "JpegScans.cs",
                "PngLayout.cs",
                "SkiaImageDecoder.cs",
                "UprightRows.cs",
                "WebpChunks.cs"
            ]);

    [Fact]
    public void Sources_ThatOpenAPicture_AreTheDecoderAlone()
    {
        var opens = Sources().Where(file => File.ReadAllText(file).Contains("EncodedPicture.Open(", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file));
        opens.ShouldBe(["SkiaImageDecoder.cs"]);

        var decoder = File.ReadAllText(Sources().Single(file => Path.GetFileName(file) == "SkiaImageDecoder.cs"));
        decoder.IndexOf("Check(header, ", StringComparison.Ordinal)
            .ShouldBeInRange(0, decoder.IndexOf("EncodedPicture.Open(", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_FilesOfEachFormat_GivesTheSizeThatSkiaGives()
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            foreach (var (width, height) in new[] { (1, 1), (17, 300), (1023, 8) })
            {
                var header = ImageHeader.Read(TestImages.Quarters(width, height, format));

                (header.Format, header.Width, header.Height).ShouldBe((format, width, height));
            }
        }
    }

    [Fact]
    public void Open_HeaderOfAnotherSize_IsCorrupt()
    {
        var file = TestImages.Quarters(20, 10, SKEncodedImageFormat.Webp);
        var header = ImageHeader.Read(file);
        using (EncodedPicture.Open(file, header))
        {
        }

        Should.Throw<InvalidFaceImageException>(() => EncodedPicture.Open(file, header with { Width = 19 })).Reason.ShouldBe(
            InvalidImageReason.Corrupt);
    }

    private static IEnumerable<string> Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "frat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return new[] { "src", "samples" }
            .SelectMany(name => Directory.GetFiles(Path.Combine(folder.FullName, name), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }
}
