using Microsoft.Extensions.Options;

namespace Frat.Onnx.Tests.Detection;

public sealed class YuNetFaceDetectorTests : IDisposable
{
    private readonly YuNetFaceDetector _detector = TestModels.YuNet();

    public void Dispose() => _detector.Dispose();

    // On both sides of the tiles' borders, and in the corners.
    [Fact]
    public async Task DetectAsync_LargeImage_FindsEachFaceOnceWhereItIs()
    {
        using var portrait = Photos.Load("johns/John_Schneider/000288_00925786.jpg");
        using var image = new RgbImage(1900, 1300);
        image.Pixels.Fill(110);
        (int Left, int Top)[] places = [(40, 40), (800, 700), (960, 40), (1300, 1000), (1690, 60), (1500, 520), (60, 1090), (400, 270)];
        foreach (var (left, top) in places)
        {
            Photos.Draw(portrait, image, left, top);
        }

        var faces = await _detector.DetectAsync(image, new FaceEncodeOptions { SmallestFace = 40 });

        faces.Count.ShouldBe(places.Length);
        foreach (var (left, top) in places)
        {
            faces.Count(face => Math.Abs(face.Landmarks.Points[2].X - left - 80) < 8 && Math.Abs(face.Landmarks.Points[2].Y - top - 81) < 8)
                .ShouldBe(1, $"the nose of the face at {left}, {top}");
        }
    }

    [Fact]
    public async Task DetectAsync_SmallFaces_AreFoundWhereTheyAreAskedFor()
    {
        using var image = Photos.Load("faces/2007_007763.jpg");

        var near = await _detector.DetectAsync(image);
        var far = await _detector.DetectAsync(image, new FaceEncodeOptions { SmallestFace = 40 });

        far.Count.ShouldBe(7);
        near.Count.ShouldBeLessThan(far.Count);
        far.Min(face => face.Box.Height).ShouldBeLessThan(50);
        using var detector = TestModels.YuNet(new YuNetOptions { SmallestFace = 40 });
        (await detector.DetectAsync(image)).Count.ShouldBe(far.Count);
        detector.SmallestFace.ShouldBe(40);
    }

    [Fact]
    public async Task DetectAsync_MaxFaces_GivesTheLargest()
    {
        using var image = Photos.Load("faces/2008_002506.jpg");
        var all = await _detector.DetectAsync(image);

        var two = await _detector.DetectAsync(image, new FaceEncodeOptions { MaxFaces = 2 });

        all.Count.ShouldBe(3);
        two.Select(face => face.Box).ShouldBe(
            all.OrderByDescending(face => face.Box.Width * face.Box.Height).Take(2).OrderByDescending(face => face.Score)
                .Select(face => face.Box));
    }

    [Fact]
    public async Task DetectAsync_MirrorImage_HasTheMirroredLandmarks()
    {
        int[] mirrored = [1, 0, 2, 4, 3];
        using var image = Photos.Load("johns/John_Simm/000288_00470387.jpg");
        using var mirror = Photos.Mirror(image);

        var points = (await _detector.DetectAsync(image)).ShouldHaveSingleItem().Landmarks.Points;
        var others = (await _detector.DetectAsync(mirror)).ShouldHaveSingleItem().Landmarks.Points;

        for (var i = 0; i < points.Count; i++)
        {
            points[i].X.ShouldBe(image.Width - 1 - others[mirrored[i]].X, 4);
            points[i].Y.ShouldBe(others[mirrored[i]].Y, 4);
        }
    }

    [Fact]
    public async Task DetectAsync_FaceThatFillsALargePhoto_IsFound()
    {
        using var portrait = Photos.Load("johns/John_Savage/000264_01099001.jpg");
        using var image = new RgbImage(1500, 1500);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                portrait.Row(y / 10).Slice(x / 10 * 3, 3).CopyTo(image.Row(y)[(x * 3)..]);
            }
        }

        var face = (await _detector.DetectAsync(image)).ShouldHaveSingleItem();

        face.Box.Height.ShouldBeInRange(1300, 1700);
        face.Landmarks.Points[0].X.ShouldBe(435, 40);
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(0, null)]
    [InlineData(null, 0)]
    public async Task DetectAsync_OutOfRange_Throws(int? smallest, int? most)
    {
        using var image = new RgbImage(20, 20);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            async () => await _detector.DetectAsync(image, new FaceEncodeOptions { SmallestFace = smallest, MaxFaces = most }));
    }

    [Theory]
    [InlineData(0.2f, 80, 1, 1)]
    [InlineData(1.1f, 80, 1, 1)]
    [InlineData(0.9f, 9, 1, 1)]
    [InlineData(0.9f, 80, 0, 1)]
    [InlineData(0.9f, 80, 1, 0)]
    public void Create_OptionOutOfRange_Throws(float score, int smallest, int concurrency, int threads) =>
        Should.Throw<OptionsValidationException>(() => TestModels.YuNet(new YuNetOptions
        {
            MinScore = score, SmallestFace = smallest, MaxConcurrency = concurrency, ThreadsPerRun = threads,
        }));
}
