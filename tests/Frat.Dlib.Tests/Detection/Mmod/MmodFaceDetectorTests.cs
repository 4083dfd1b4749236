using Frat.Dlib.Tests.Golden;
using Frat.Dlib.Tests.Images;

namespace Frat.Dlib.Tests.Detection.Mmod;

public sealed class MmodFaceDetectorTests : IClassFixture<MmodFaceDetectorTests.Loaded>
{
    // A box is a multiple of 8 pixels on its level: one that is off by 2 would be another place.
    private const float ScoreTolerance = 2e-3f;

    private readonly MmodFaceDetector _detector;

    public MmodFaceDetectorTests(Loaded loaded) => _detector = loaded.Detector;

    [Fact]
    public void Detect_JohnsUpsampled_FindsWhatDlibFinds()
    {
        GoldenFile.JohnsCnn.Count.ShouldBe(55);
        Compare(GoldenFile.JohnsCnn);
    }

    [Fact]
    public void Detect_Faces_FindsWhatDlibFinds()
    {
        GoldenFile.FacesCnn.Count.ShouldBe(12);
        Compare(GoldenFile.FacesCnn);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3000)]
    [InlineData(3000, 1)]
    [InlineData(9, 9)]
    [InlineData(9, 700)]
    [InlineData(50, 200)]
    [InlineData(12_000, 7)]
    [InlineData(79, 81)]
    public void Detect_TinyOrThinImage_FindsNothingAndDoesNotFail(int width, int height)
    {
        using var image = TestImages.Noise(width, height, seed: 1);

        _detector.Detect(image, upsample: 0).ShouldBeEmpty();
        _detector.Detect(image, upsample: 1).ShouldBeEmpty();
    }

    [Fact]
    public async Task Detect_FromManyThreadsAtOnce_GivesTheSameAsAlone()
    {
        var images = GoldenFile.JohnsCnn.Take(4).Concat(GoldenFile.FacesCnn.Take(4)).Select(golden => golden.Load()).ToArray();
        var alone = images.Select(image => _detector.Detect(image, upsample: 0)).ToArray();

        var together = await Task.WhenAll(
            Enumerable.Range(0, images.Length * 3).Select(i => Task.Run(() => _detector.Detect(images[i % images.Length], upsample: 0))));

        for (var i = 0; i < together.Length; i++)
        {
            together[i].ShouldBe(alone[i % images.Length]);
        }

        Array.ForEach(images, image => image.Dispose());
    }

    [Fact]
    public void Detect_SecondTime_AllocatesNoBuffers()
    {
        using var image = GoldenFile.FacesCnn[^2].Load();
        _detector.Detect(image, upsample: 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _detector.Detect(image, upsample: 0);

        // The large image of this photo would take 100 MB, its levels 20 MB. What is allocated is 0.3 MB: candidates and closures.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2_000_000);
    }

    [Fact]
    public void Detect_UpsampleOutOfRange_Throws()
    {
        using var image = new RgbImage(640, 480);

        Should.Throw<ArgumentOutOfRangeException>(() => _detector.Detect(image, upsample: -1)).ParamName.ShouldBe("upsample");
        Should.Throw<ArgumentOutOfRangeException>(() => _detector.Detect(image, upsample: 30)).ParamName.ShouldBe("upsample");
    }

    [Fact]
    public void Detect_Cancelled_Throws()
    {
        using var image = TestImages.Noise(200, 200, seed: 2);

        Should.Throw<OperationCanceledException>(() => _detector.Detect(image, upsample: 0, new CancellationToken(canceled: true)));
    }

    private void Compare(IReadOnlyList<GoldenBoxes> images)
    {
        foreach (var golden in images)
        {
            using var image = golden.Load();
            var faces = _detector.Detect(image, golden.Upsample);
            faces.Select(face => face.Box).ShouldBe(golden.Faces.Select(face => face.FaceBox), golden.File);
            for (var i = 0; i < faces.Count; i++)
            {
                faces[i].Score.ShouldBe(golden.Faces[i].Score, ScoreTolerance, $"face {i} of {golden.File}");
            }
        }
    }

    public sealed class Loaded : IDisposable
    {
        internal MmodFaceDetector Detector { get; } = MmodFaceDetector.Load(TestModels.Mmod, threads: 1);

        public void Dispose() => Detector.Dispose();
    }
}
