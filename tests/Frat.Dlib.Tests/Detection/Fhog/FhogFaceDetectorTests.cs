using Frat.Dlib.Tests.Golden;
using Frat.Dlib.Tests.Images;

namespace Frat.Dlib.Tests.Detection.Fhog;

public sealed class FhogFaceDetectorTests
{
    private const float ScoreTolerance = 1e-5f;

    private static readonly FhogFaceDetector Detector = FhogFaceDetector.LoadEmbedded();

    [Fact]
    public void Detect_Johns_FindsWhatDlibFinds() => Compare(GoldenFile.Johns);

    [Fact]
    public void Detect_Faces_FindsWhatDlibFinds() => Compare(GoldenFile.Faces);

    [Fact]
    public void Detect_FacesUpsampled_FindsWhatDlibFinds() => Compare(GoldenFile.FacesUpsampled);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    [InlineData(7, 9)]
    [InlineData(19, 300)]
    [InlineData(20, 20)]
    [InlineData(21, 4000)]
    [InlineData(79, 81)]
    public void Detect_TinyOrThinImage_FindsNothingAndDoesNotFail(int width, int height)
    {
        using var image = TestImages.Noise(width, height, seed: 1);

        Detector.Detect(image, upsample: 0).ShouldBeEmpty();
        Detector.Detect(image, upsample: 1).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Detect_OnSeveralThreads_GivesTheSameAsOnOne(int threads)
    {
        using var parallel = FhogFaceDetector.LoadEmbedded(threads);
        foreach (var golden in GoldenFile.FacesUpsampled)
        {
            using var image = golden.Load();
            parallel.Detect(image, upsample: 1).ShouldBe(Detector.Detect(image, upsample: 1));
        }
    }

    [Fact]
    public void Detect_CancelledOnSeveralThreads_Throws()
    {
        using var parallel = FhogFaceDetector.LoadEmbedded(threads: 3);
        using var image = TestImages.Noise(4000, 3000, seed: 3);
        using var cancellation = new CancellationTokenSource();

        // A thread of its own: a busy pool must not hold the cancellation up.
        var canceller = new Thread(cancellation.Cancel);
        canceller.Start();

        Should.Throw<OperationCanceledException>(() => parallel.Detect(image, upsample: 0, cancellation.Token));
        canceller.Join();
    }

    [Fact]
    public async Task Detect_FromManyThreadsAtOnce_GivesTheSameAsAlone()
    {
        var images = GoldenFile.Johns.Take(8).Concat(GoldenFile.Faces.Take(4)).Select(golden => golden.Load()).ToArray();
        var alone = images.Select(image => Detector.Detect(image, upsample: 0)).ToArray();

        var together = await Task.WhenAll(
            Enumerable.Range(0, images.Length * 4).Select(i => Task.Run(() => Detector.Detect(images[i % images.Length], upsample: 0))));

        for (var i = 0; i < together.Length; i++)
        {
            together[i].ShouldBe(alone[i % images.Length]);
        }

        Array.ForEach(images, image => image.Dispose());
    }

    [Fact]
    public void Detect_UpsampleOutOfRange_Throws()
    {
        using var image = new RgbImage(640, 480);

        Should.Throw<ArgumentOutOfRangeException>(() => Detector.Detect(image, upsample: -1)).ParamName.ShouldBe("upsample");
        Should.Throw<ArgumentOutOfRangeException>(() => Detector.Detect(image, upsample: 30)).ParamName.ShouldBe("upsample");
    }

    [Fact]
    public void Detect_Cancelled_Throws()
    {
        using var image = TestImages.Noise(200, 200, seed: 2);

        Should.Throw<OperationCanceledException>(() => Detector.Detect(image, upsample: 0, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Load_CopyOfTheEmbeddedFile_DetectsTheSame()
    {
        using var image = GoldenFile.Johns[0].Load();

        FhogFaceDetector.Load(new MemoryStream(FhogModelTests.Embedded()))
            .Detect(image, upsample: 0).ShouldBe(Detector.Detect(image, upsample: 0));
    }

    private static void Compare(IReadOnlyList<GoldenImage> images)
    {
        foreach (var golden in images)
        {
            using var image = golden.Load();
            var faces = Detector.Detect(image, golden.Upsample);
            faces.Select(face => face.Box).ShouldBe(golden.Faces.Select(face => face.FaceBox), golden.File);
            for (var i = 0; i < faces.Count; i++)
            {
                faces[i].Score.ShouldBe(golden.Faces[i].Score, ScoreTolerance, $"face {i} of {golden.File}");
            }
        }
    }
}
