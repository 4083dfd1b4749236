using Frat.Conformance;
using Frat.Vision;

namespace Frat.Onnx.Tests;

public sealed class YuNetContractTests : FaceDetectorContract
{
    protected override Task<IFaceDetector> CreateAsync() => Task.FromResult<IFaceDetector>(TestModels.YuNet());

    protected override Task<RgbImage> LoadPortraitAsync() => Task.FromResult(Photos.Load("johns/John_Salley/000179_02159509.jpg"));

    protected override Task<RgbImage> LoadGroupAsync() => Task.FromResult(Photos.Load("faces/2008_002506.jpg"));
}

public sealed class MobileFaceNetContractTests : FaceEmbedderContract
{
    protected override Task<IFaceEmbedder> CreateAsync() => Task.FromResult<IFaceEmbedder>(TestModels.MobileFaceNet());

    protected override async Task<IReadOnlyList<RgbImage>> LoadChipsAsync()
    {
        using var detector = TestModels.YuNet();
        var chips = new List<RgbImage>();
        string[] photos = ["John_Salley/000179_02159509.jpg", "John_Salley/000183_02159543.jpg", "John_Simm/000288_00470387.jpg"];
        foreach (var photo in photos)
        {
            using var image = Photos.Load("johns/" + photo);
            var face = (await detector.DetectAsync(image)).ShouldHaveSingleItem();
            chips.Add(FaceAligner.Cut(image, face.Landmarks, Embedder.ChipFormat));
        }

        return chips;
    }
}
