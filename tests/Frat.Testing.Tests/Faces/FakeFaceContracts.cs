using Frat.Conformance;
using Frat.Vision;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Testing.Tests.Faces;

// Photos go through FRAT's own decoder, as an application's do.
public sealed class FakeDetectorTests : FaceDetectorContract
{
    protected override Task<IFaceDetector> CreateAsync() => Task.FromResult<IFaceDetector>(new FakeFaceEncoder());

    protected override Task<RgbImage> LoadPortraitAsync() => Photo.DecodeAsync(FakeFaces.PhotoOf("ada"));

    protected override Task<RgbImage> LoadGroupAsync() => Photo.DecodeAsync(FakeFaces.PhotoOfSeveral("ada", "grace", "alan", "edsger"));
}

public sealed class FakeEmbedderTests : FaceEmbedderContract
{
    protected override Task<IFaceEmbedder> CreateAsync() => Task.FromResult<IFaceEmbedder>(new FakeFaceEncoder());

    protected override async Task<IReadOnlyList<RgbImage>> LoadChipsAsync()
    {
        var encoder = new FakeFaceEncoder();
        var chips = new List<RgbImage>();
        foreach (var photo in new[] { FakeFaces.PhotoOf("ada"), FakeFaces.PhotoOf("ada", take: 2), FakeFaces.PhotoOf("grace") })
        {
            using var image = await Photo.DecodeAsync(photo);
            var face = (await encoder.DetectAsync(image)).ShouldHaveSingleItem();
            chips.Add(FaceAligner.Cut(image, face.Landmarks, encoder.ChipFormat));
        }

        return chips;
    }
}

internal static class Photo
{
    private static readonly IImageDecoder Decoder =
        new ServiceCollection().AddImageDecoder().BuildServiceProvider().GetRequiredService<IImageDecoder>();

    public static async Task<RgbImage> DecodeAsync(byte[] photo) => await Decoder.DecodeAsync(photo);
}
