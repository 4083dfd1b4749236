using Frat.Conformance;
using Frat.Dlib.Tests.Golden;

namespace Frat.Dlib.Tests.Contracts;

public sealed class HogDetectorContractTests : FaceDetectorContract
{
    protected override async Task<IFaceDetector> CreateAsync() => await DlibContracts.CreateAsync(new DlibOptions { Mirror = false });

    protected override Task<RgbImage> LoadPortraitAsync() => Task.FromResult(GoldenFile.Johns[0].Load());

    protected override Task<RgbImage> LoadGroupAsync() => Task.FromResult(DlibContracts.LoadGroup());
}

public sealed class CnnDetectorContractTests : FaceDetectorContract
{
    protected override async Task<IFaceDetector> CreateAsync() =>
        await DlibContracts.CreateAsync(new DlibOptions { Mirror = false, Detector = DlibDetectorKind.Cnn });

    protected override Task<RgbImage> LoadPortraitAsync() =>
        Task.FromResult(GoldenFile.FacesCnn.First(golden => golden.Faces.Count == 1).Load());

    protected override Task<RgbImage> LoadGroupAsync() =>
        Task.FromResult(GoldenFile.FacesCnn.First(golden => golden.Faces.Count > 1).Load());
}

public sealed class DlibEmbedderContractTests : FaceEmbedderContract
{
    protected override async Task<IFaceEmbedder> CreateAsync() => await DlibContracts.CreateAsync(new DlibOptions { Mirror = false });

    // Debian's photos of five people are chips already, eleven of each person, one person after the other.
    protected override Task<IReadOnlyList<RgbImage>> LoadChipsAsync() => Task.FromResult<IReadOnlyList<RgbImage>>(
        [GoldenFile.Johns[0].Load(), GoldenFile.Johns[1].Load(), GoldenFile.Johns[^1].Load()]);
}

internal static class DlibContracts
{
    public static Task<DlibFaceEncoder> CreateAsync(DlibOptions options) => Task.FromResult(LoadedEncoder.Create(options));

    public static RgbImage LoadGroup() => GoldenFile.Faces.First(golden => golden.Faces.Count > 2).Load();
}
