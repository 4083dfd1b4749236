using Frat.Dlib.Tests.Golden;

namespace Frat.Dlib.Tests;

public sealed class DlibFaceEncoderLoadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("frat-models-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EncodeAsync_ModelsPlacedAfterAFailure_TriesAgain()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false }, _folder);
        using var image = GoldenFile.Johns[0].Load();
        (await Should.ThrowAsync<ModelFileException>(async () => await encoder.EncodeAsync(image))).Message.ShouldContain(_folder);
        await Should.ThrowAsync<ModelFileException>(() => encoder.LoadAsync());
        PlaceModels();
        (await encoder.EncodeAsync(image)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(ShapePredictorFile.FileName)]
    [InlineData(FaceResNet.FileName)]
    public async Task LoadAsync_DamagedFile_ThrowsModelFileException(string name)
    {
        PlaceModels();
        var path = Path.Combine(_folder, name);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false }, _folder);
        (await Should.ThrowAsync<ModelFileException>(() => encoder.LoadAsync())).FileName.ShouldBe(name);
    }

    [Fact]
    public async Task EncodeAsync_CnnDetector_PullsItsFileAndFindsFaces()
    {
        PlaceModels();
        using var encoder = LoadedEncoder.Create(new DlibOptions { Detector = DlibDetectorKind.Cnn, Upsample = 1 }, _folder);
        (await Should.ThrowAsync<ModelFileException>(() => encoder.LoadAsync())).FileName.ShouldBe(MmodNetworkLayers.FileName);
        File.Copy(TestModels.Mmod, Path.Combine(_folder, MmodNetworkLayers.FileName));
        var golden = GoldenFile.JohnsCnn[0];
        using var image = golden.Load();
        var face = (await encoder.EncodeAsync(image)).ShouldHaveSingleItem();
        face.Box.ShouldBe(golden.Faces[0].FaceBox);
        face.Encoding.EuclideanDistance(new FaceEncoding(face.Encoding.EncoderId, GoldenFile.Johns[0].Faces[0].Encoding))
            .ShouldBeLessThan(0.3f);
    }

    [Fact]
    public async Task LoadAsync_FirstCallerGivesUp_TheOthersGetTheModels()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false });
        using var cancellation = new CancellationTokenSource();
        var first = encoder.LoadAsync(cancellation.Token);
        var second = encoder.LoadAsync();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await second;
        using var image = GoldenFile.Johns[0].Load();
        (await encoder.EncodeAsync(image)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Dispose_CallsRunning_LetsThemEndAndRefusesNewOnes()
    {
        var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, MaxConcurrency = 2 });
        await encoder.LoadAsync();
        using var image = GoldenFile.Johns[0].Load();
        var calls = Enumerable.Range(0, 8).Select(_ => encoder.EncodeAsync(image).AsTask()).ToList();
        encoder.Dispose();
        encoder.Dispose();
        (await Task.WhenAll(calls)).ShouldAllBe(faces => faces.Count == 1);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await encoder.EncodeAsync(image));
        await Should.ThrowAsync<ObjectDisposedException>(() => encoder.LoadAsync());
    }

    [Fact]
    public async Task Dispose_WhileLoading_EndsTheWaiting()
    {
        var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false });
        var loading = encoder.LoadAsync();
        encoder.Dispose();
        try
        {
            await loading;
        }
        catch (ObjectDisposedException)
        {
            // Either is right: loading was over before, or it was broken off.
        }

        await Should.ThrowAsync<ObjectDisposedException>(() => encoder.LoadAsync());
    }

    [Fact]
    public async Task DetectAsync_NetworkFileIsMissing_FindsFaces()
    {
        File.Copy(Path.Combine(TestModels.Folder, ShapePredictorFile.FileName), Path.Combine(_folder, ShapePredictorFile.FileName));
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false }, _folder);
        using var image = GoldenFile.Johns[0].Load();
        await encoder.LoadDetectorAsync();
        (await encoder.DetectAsync(image)).Count.ShouldBe(1);
        (await Should.ThrowAsync<ModelFileException>(async () => await encoder.EncodeAsync(image))).FileName.ShouldBe(FaceResNet.FileName);
        (await encoder.DetectAsync(image)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task DetectAsyncAndEncodeAsync_FirstCallsAtOnce_BothGetTheirModels()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false });
        using var image = GoldenFile.Johns[0].Load();
        var detected = encoder.DetectAsync(image).AsTask();
        var encoded = encoder.EncodeAsync(image).AsTask();
        (await detected).Single().Box.ShouldBe((await encoded).Single().Box);
    }

    private void PlaceModels()
    {
        foreach (var name in (string[])[ShapePredictorFile.FileName, FaceResNet.FileName])
        {
            File.Copy(Path.Combine(TestModels.Folder, name), Path.Combine(_folder, name));
        }
    }
}
